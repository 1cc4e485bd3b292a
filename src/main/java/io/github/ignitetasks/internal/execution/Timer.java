package io.github.ignitetasks.internal.execution;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timer that runs short actions on one thread of its own. Safe to share between threads. */
public final class Timer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Timer.class);

    private final ScheduledThreadPoolExecutor executor;

    /** Starts a timer, named after its owner. */
    public Timer(String owner) {
        executor = new ScheduledThreadPoolExecutor(1, new NamedThreads(owner + "-timer"), (late, pool) -> {
            // the owner has closed, and waits for nothing any more
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    /**
     * Runs an action after a delay; an exception from it is logged.
     *
     * @return cancels the action
     */
    public Runnable after(Duration delay, Runnable action) {
        Future<?> scheduled = executor.schedule(
                () -> {
                    try {
                        action.run();
                    } catch (RuntimeException | Error e) {
                        LOG.error("an action that was due threw", e);
                    }
                },
                TimeUnit.NANOSECONDS.convert(delay),
                TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /** Drops the actions that are not due yet. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
