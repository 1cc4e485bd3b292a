package io.github.ignitetasks.internal.execution;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An executor that runs work in order on one thread, and adds threads when that one makes no progress. Work that blocks
 * delays later work by only some milliseconds, even if it waits for that work. Threads end when they have been idle for
 * a while.
 *
 * <p>Safe to share between threads. No work runs under the lock.
 */
public final class ElasticExecutor implements Executor, AutoCloseable {
    private static final long PATIENCE_NANOS = Timings.BUSY_THREAD.toNanos();
    private static final long IDLE_NANOS = Timings.IDLE_THREAD.toNanos();

    private final ThreadFactory threads;
    private final Queue<Runnable> queued = new ArrayDeque<>(); // guarded by this

    /** When work was last taken from the queue; guarded by this. */
    private long lastBegun = System.nanoTime();

    private int busy; // guarded by this
    private int idle; // guarded by this
    private boolean closed; // guarded by this

    /** Makes an executor whose threads come from this factory. */
    public ElasticExecutor(ThreadFactory threads) {
        this.threads = threads;
    }

    /**
     * Queues work, which must not throw.
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

    /** Keeps at least one thread watching the queue; called under the lock. */
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

    /** Waits for work that no other thread begins in time, and takes it. Returns null if the thread must end. */
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

    /** Begins the next work; called under the lock. */
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

    /** Accepts no more work; queued work still runs. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
