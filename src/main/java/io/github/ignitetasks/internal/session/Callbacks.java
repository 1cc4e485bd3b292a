package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.internal.execution.ElasticExecutor;
import io.github.ignitetasks.internal.execution.NamedThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the code of users that follows from the end of a future: actions one after another on one thread, and completions
 * of the JDK's futures on as many threads as it takes. Nothing else needs these threads. Safe to share between threads.
 */
final class Callbacks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    /** How long close waits for one callback. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Whose callback runs on this thread. */
    private static final ThreadLocal<@Nullable Callbacks> CURRENT = new ThreadLocal<>();

    private final ThreadPoolExecutor actions;
    private final ElasticExecutor completions;

    private int due; // guarded by this

    /** When close began to wait, or a callback ended after that; guarded by this. */
    private long progress;

    private boolean awaited; // guarded by this

    Callbacks(String session) {
        actions = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NamedThreads(session + "-callbacks"));
        actions.allowCoreThreadTimeOut(true);
        completions = new ElasticExecutor(new NamedThreads(session + "-stages"));
    }

    /** Runs an action after those before it; after close, on the thread of the caller. */
    void runAction(String key, Runnable action) {
        run(actions, key, action);
    }

    /** Runs a completion, at once if no other runs; after close, on the thread of the caller. */
    void runCompletion(String key, Runnable completion) {
        run(completions, key, completion);
    }

    private void run(Executor executor, String key, Runnable code) {
        count(1);
        Runnable counted = () -> {
            Callbacks outer = CURRENT.get();
            CURRENT.set(this);
            try {
                runLogged(key, code);
            } finally {
                CURRENT.set(outer);
                count(-1);
            }
        };
        try {
            executor.execute(counted);
        } catch (RejectedExecutionException e) { // the session has closed
            counted.run();
        }
    }

    /** Runs an action on this thread and logs what it throws. */
    static void runLogged(String key, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("an action attached to future '{}' threw", key, e);
        }
    }

    /** Returns whether a callback runs on this thread. */
    boolean isOnThisThread() {
        return CURRENT.get() == this;
    }

    private synchronized void count(int more) {
        due += more;
        if (awaited) {
            progress = System.nanoTime();
            notifyAll();
        }
    }

    /**
     * Waits until no callback is due; in a callback, which would wait for itself, it does not wait.
     *
     * @return false if the timeout has passed, or one of them has run for too long
     */
    synchronized boolean awaitNoneDue(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        if (!awaited) {
            awaited = true;
            progress = start;
        }
        while (due > 0 && !isOnThisThread()) {
            long now = System.nanoTime();
            long left = Math.min(nanos - (now - start), PATIENCE.toNanos() - (now - progress));
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** Takes nothing more; what is due still runs. */
    @Override
    public void close() {
        synchronized (this) {
            if (due > 0 && !isOnThisThread()) {
                LOG.warn("{} actions attached to futures have not ended when their session closed", due);
            }
        }
        actions.shutdown();
        completions.close();
    }
}
