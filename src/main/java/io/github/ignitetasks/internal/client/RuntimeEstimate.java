package io.github.ignitetasks.internal.client;

import java.time.Duration;

/** The estimated run time of a session's calls: a mean in which the latest weigh most. Its owner guards it. */
final class RuntimeEstimate {
    /** The run time that is assumed before any call has ended; Dask assumes the same. */
    private static final long UNKNOWN_NANOS = 500_000_000;

    private static final int WEIGHT = 8;

    private long firstSent;
    private boolean sent;
    private double mean = -1;

    /** Notes that a call goes to a node. */
    void onSent(long now) {
        if (!sent) {
            sent = true;
            firstSent = now;
        }
    }

    /** Notes how long a call has run. */
    void onEnd(long nanos) {
        mean = mean < 0 ? nanos : mean + (nanos - mean) / WEIGHT;
    }

    /** Returns the estimate. While no call has ended, it is at least the time since the first was sent. */
    Duration mean(long now) {
        if (mean >= 0) {
            return Duration.ofNanos((long) mean);
        }
        return Duration.ofNanos(sent ? Math.max(UNKNOWN_NANOS, now - firstSent) : UNKNOWN_NANOS);
    }
}
