package io.github.ignitetasks.session;

import io.github.ignitetasks.worker.NamedThreads;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the actions that users attach to futures, one after another, on a thread that nothing else needs. */
final class Callbacks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final ThreadPoolExecutor executor;

    /** How many attached actions have not run; guarded by this. */
    private int due;

    /** The thread that runs an action now, to be told from others. */
    private volatile long busyThread;

    Callbacks(String session) {
        executor = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NamedThreads(session + "-callbacks"));
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns what queues an action that is to see how a key ends; after close, it runs the action on its own thread.
     * Close waits for the action, also where the key has ended and the action is not queued yet.
     */
    Runnable attach(String key, Runnable action) {
        countDue(1);
        return () -> executor.execute(() -> {
            busyThread = Thread.currentThread().getId();
            runLogged(key, action);
            countDue(-1);
        });
    }

    /** Runs an action on this thread and logs what it throws. */
    static void runLogged(String key, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("an action attached to future '{}' threw", key, e);
        }
    }

    /** Lets the actions that are due end, for a while; those that come later are run by who brings them. */
    @Override
    public void close() {
        try {
            if (busyThread != Thread.currentThread().getId() && !awaitNoneDue()) {
                LOG.warn("an action attached to a future still runs {} after its session closed", CLOSE_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            executor.setRejectedExecutionHandler((action, pool) -> action.run());
            executor.shutdown();
        }
    }

    private synchronized void countDue(int more) {
        due += more;
        notifyAll();
    }

    private synchronized boolean awaitNoneDue() throws InterruptedException {
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        for (long left = CLOSE_TIMEOUT.toNanos(); due > 0 && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return due == 0;
    }
}
