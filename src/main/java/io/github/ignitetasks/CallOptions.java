package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The policies that travel with a call. Immutable, safe to share.
 *
 * @param timeout how long one attempt may take, from its start; {@link #FOREVER} for no limit. On a grid that is to read
 *     the call, to run it, and to write its result
 * @param retries how often a call that Failed is run again, from 0
 * @param retryDelay how long to wait before each of those; no slot is held meanwhile
 */
public record CallOptions(Duration timeout, int retries, Duration retryDelay) implements Serializable {

    /** No limit. */
    public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private static final CallOptions NONE = new CallOptions(FOREVER, 0, Duration.ZERO);

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if the timeout is not positive, or the retries or their delay are negative
     */
    public CallOptions {
        requireNonNull(timeout, "timeout");
        requireNonNull(retryDelay, "retryDelay");
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout must be positive, but is " + timeout + "; leave it out for no limit");
        }
        if (retries < 0) {
            throw new IllegalArgumentException("retries must be 0 or more, but is " + retries);
        }
        if (retryDelay.isNegative()) {
            throw new IllegalArgumentException("retryDelay must be zero or more, but is " + retryDelay);
        }
    }

    /** Returns the default: no timeout, no retries. */
    public static CallOptions none() {
        return NONE;
    }

    /** Returns these options with another timeout. */
    public CallOptions withTimeout(Duration timeout) {
        return new CallOptions(timeout, retries, retryDelay);
    }

    /** Returns these options with other retries. */
    public CallOptions withRetries(int retries, Duration delay) {
        return new CallOptions(timeout, retries, delay);
    }

    /** Returns whether one attempt's time is limited. */
    public boolean hasTimeout() {
        return !timeout.equals(FOREVER);
    }
}
