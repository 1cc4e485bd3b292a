package io.github.ignitetasks.internal.execution;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in order on one thread while that gets on, and on another as soon as it does not: work that blocks delays what
 * comes after it by some milliseconds, even if it waits for that. Threads end that have nothing to do for a while.
 *
 * <p>Safe to share between threads. No work runs under the lock.
 */
public final class ElasticExecutor implements Executor, AutoCloseable {
    /** How long work waits in the queue while no other begins. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ThreadFactory threads;
    private final Queue<Runnable> queued = new ArrayDeque<>(); // guarded by this

    /** When work was last taken from the queue; guarded by this. */
    private long lastBegun = System.nanoTime();

    private int busy; // guarded by this
    private int idle; // guarded by this
    private boolean closed; // guarded by this

    /** Takes what makes its threads. */
    public ElasticExecutor(ThreadFactory threads) {
        this.threads = threads;
    }

    /**
     * Queues work, which does not throw.
     *
     * @throws RejectedExecutionException if this is closed
     */
    @Override
    public synchronized void execute(Runnable work) {
        if (closed) {
            throw new RejectedExecutionException("the executor has closed");
        }
        queued.add(work);
        notifyAll();
        addThreadIfNoneIsIdle();
    }

    /** Called under the lock: one thread at least watches the queue. */
    private void addThreadIfNoneIsIdle() {
        if (idle == 0 && !queued.isEmpty()) {
            threads.newThread(this::runQueued).start();
            idle++;
        }
    }

    private void runQueued() {
        for (Runnable next = takeAsIdle(); next != null; next = takeAsBusy()) {
            next.run();
        }
    }

    /** Takes work after other work has ended; the thread becomes idle if there is none. */
    private @Nullable Runnable takeAsBusy() {
        synchronized (this) {
            busy--;
            if (!queued.isEmpty()) {
                return begin();
            }
            idle++;
        }
        return takeAsIdle();
    }

    /** Takes work that nobody else begins in time; waits for it. Returns nothing if the thread is to end. */
    private synchronized @Nullable Runnable takeAsIdle() {
        try {
            long idleSince = System.nanoTime();
            while (true) {
                long now = System.nanoTime();
                long wait = queued.isEmpty() ? IDLE_NANOS - (now - idleSince) : PATIENCE_NANOS - (now - lastBegun);
                if (!queued.isEmpty() && (busy == 0 || wait <= 0)) {
                    idle--;
                    return begin();
                }
                if (queued.isEmpty() && (closed || wait <= 0)) {
                    idle--;
                    return null;
                }
                TimeUnit.NANOSECONDS.timedWait(this, wait);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("work leaves no interrupt behind, and nobody else interrupts", e);
        }
    }

    /** Called under the lock. */
    private Runnable begin() {
        lastBegun = System.nanoTime();
        busy++;
        Runnable work = queued.remove();
        addThreadIfNoneIsIdle();
        return () -> {
            work.run();
            Thread.interrupted();
        };
    }

    /** Takes no more work; what is queued still runs. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
