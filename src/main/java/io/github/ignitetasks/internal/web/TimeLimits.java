package io.github.ignitetasks.internal.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Time limits for threads that read or write connections. A thread that exceeds its limit is interrupted. The interrupt
 * closes the connection that the thread reads or writes, because connections are interruptible channels. The JDK's
 * server has no time limits by itself. Safe to share between threads.
 */
final class TimeLimits implements AutoCloseable {
    private final Set<Limit> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;

    /** Makes time limits with a timer thread of this name. */
    TimeLimits(String name) {
        timer = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name), (late, pool) -> {
            // the server has closed, which interrupts all threads
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Does something on this thread, and interrupts it if it takes longer than the limit. */
    void within(Duration limit, Step step) throws IOException {
        Limit begun = new Limit(limit);
        running.add(begun);
        try {
            if (timer.isShutdown()) {
                begun.interrupt();
            }
            step.run();
        } finally {
            begun.end();
        }
    }

    /** Interrupts all threads that have a limit now, and all that get one later. */
    @Override
    public void close() {
        timer.shutdownNow();
        running.forEach(Limit::interrupt);
    }

    /** A step that has a time limit. */
    interface Step {
        /** Reads or writes a connection. */
        void run() throws IOException;
    }

    /** A time limit of one thread. */
    private final class Limit {
        private final Thread thread = Thread.currentThread();
        private final Future<?> expiry;

        // both guarded by this, so that no interrupt comes after the end
        private boolean hasInterrupted;
        private boolean over;

        private Limit(Duration duration) {
            expiry = timer.schedule(this::interrupt, duration.toMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void interrupt() {
            if (!over) {
                hasInterrupted = true;
                thread.interrupt();
            }
        }

        /** Ends the limit, and takes its interrupt back from this thread. */
        @SuppressWarnings("CheckReturnValue") // the flag is cleared, whatever it was
        void end() {
            running.remove(this);
            expiry.cancel(false);
            synchronized (this) {
                over = true;
                if (hasInterrupted) {
                    Thread.interrupted();
                }
            }
        }
    }
}
