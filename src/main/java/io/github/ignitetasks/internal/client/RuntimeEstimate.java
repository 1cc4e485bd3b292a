package io.github.ignitetasks.internal.client;

import java.time.Duration;

/** How long the calls of a session take: a mean in which the latest weigh most. To be guarded by its owner. */
final class RuntimeEstimate {
    /** What a call is taken to need before one has ended; as Dask takes it. */
    private static final long UNKNOWN_NANOS = 500_000_000;

    private static final int WEIGHT = 8;

    private long firstSent;
    private boolean sent;
    private double mean = -1;

    /** Takes note that a call goes to a node. */
    void onSent(long now) {
        if (!sent) {
            sent = true;
            firstSent = now;
        }
    }

    /** Takes note that a call has run so long. */
    void onEnd(long nanos) {
        mean = mean < 0 ? nanos : mean + (nanos - mean) / WEIGHT;
    }

    /** Returns how long a call takes; while none has ended, at least as long as the first has been away. */
    Duration mean(long now) {
        if (mean >= 0) {
            return Duration.ofNanos((long) mean);
        }
        return Duration.ofNanos(sent ? Math.max(UNKNOWN_NANOS, now - firstSent) : UNKNOWN_NANOS);
    }
}
