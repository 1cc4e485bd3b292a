package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The timeout and retries of a call. Immutable, safe to share.
 *
 * @param timeout how long one attempt may take, from its start; {@link #FOREVER} for no limit. On a grid this covers
 *     reading the call, running it and writing its result
 * @param retries how often a call that Failed runs again, from 0
 * @param retryDelay how long to wait before each retry; the call holds no slot meanwhile
 */
public record CallOptions(Duration timeout, int retries, Duration retryDelay) implements Serializable {

    /** The timeout that stands for no limit. */
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

    /**
     * Returns these options with another timeout.
     *
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public CallOptions withTimeout(Duration timeout) {
        return new CallOptions(timeout, retries, retryDelay);
    }

    /**
     * Returns these options with another number of retries and another delay before each of them.
     *
     * @throws IllegalArgumentException if one of them is negative
     */
    public CallOptions withRetries(int retries, Duration delay) {
        return new CallOptions(timeout, retries, delay);
    }

    /** Returns whether each attempt has a time limit. */
    public boolean hasTimeout() {
        return !timeout.equals(FOREVER);
    }
}
