package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.events.TaskEvents;
import java.time.Duration;

/** The estimated run time of a session's calls: a mean in which the latest weigh most. Safe to share between threads. */
final class RuntimeEstimate implements TaskEvents {
    /** The run time that is assumed before any call has ended; Dask assumes the same. */
    private static final long UNKNOWN_NANOS = 500_000_000;

    private static final int WEIGHT = 8;

    private long firstSent; // guarded by this
    private double mean = -1; // guarded by this

    /** Whether any call was sent; written under the lock. */
    private volatile boolean sent;

    @Override
    public void sent(String key, String node) {
        if (!sent) {
            onFirstSent(System.nanoTime());
        }
    }

    /** Notes when the first call went to a node. */
    synchronized void onFirstSent(long now) {
        if (!sent) {
            firstSent = now;
            sent = true;
        }
    }

    @Override
    public synchronized void ended(SessionTask task, StateType type, long nanos) {
        if (nanos > 0) {
            mean = mean < 0 ? nanos : mean + (nanos - mean) / WEIGHT;
        }
    }

    /** Returns the estimate. While no call has ended, it is at least the time since the first was sent. */
    synchronized Duration mean(long now) {
        if (mean >= 0) {
            return Duration.ofNanos((long) mean);
        }
        return Duration.ofNanos(sent ? Math.max(UNKNOWN_NANOS, now - firstSent) : UNKNOWN_NANOS);
    }
}
