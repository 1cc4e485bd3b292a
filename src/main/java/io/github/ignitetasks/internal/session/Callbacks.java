package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.internal.execution.ElasticExecutor;
import io.github.ignitetasks.internal.execution.NamedThreads;
import io.github.ignitetasks.internal.execution.UserAction;
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
 * The threads that run user code after a future ends. Actions run one after another on one thread. Completions of the
 * JDK's futures run on as many threads as they need. Nothing else needs these threads. Safe to share between threads.
 */
final class Callbacks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    /** How long close waits for one callback. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The callbacks that this thread runs code for, if any. */
    private static final ThreadLocal<@Nullable Callbacks> CURRENT = new ThreadLocal<>();

    private final ThreadPoolExecutor actions;
    private final ElasticExecutor completions;

    private int due; // guarded by this

    /** When close began to wait, or when a callback last started or ended after that; guarded by this. */
    private long progress;

    private boolean awaited; // guarded by this

    Callbacks(String session) {
        actions = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NamedThreads(session + "-callbacks"));
        actions.allowCoreThreadTimeOut(true);
        completions = new ElasticExecutor(new NamedThreads(session + "-stages"));
    }

    /** Runs an action after those before it. After close, the action runs on the calling thread. */
    void runAction(String key, Runnable action) {
        run(actions, key, action);
    }

    /** Runs a completion, at once even if others run. After close, the completion runs on the calling thread. */
    void runCompletion(String key, Runnable completion) {
        run(completions, key, completion);
    }

    private void run(Executor executor, String key, Runnable code) {
        count(1);
        Runnable counted = () -> {
            Callbacks outer = CURRENT.get();
            CURRENT.set(this);
            try {
                UserAction.runLogged(key, code);
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

    /** Returns whether this thread runs a callback. */
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
     * Waits until no callback is due. A callback that calls this does not wait, because it would wait for itself.
     *
     * @return false if the timeout passes first, or one callback has run for too long
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

    /** Ends the threads once the callbacks that are due have run. */
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
