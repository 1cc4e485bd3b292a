package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The timeout and retries of a call. Start from {@link #none} and change what you need:
 *
 * <pre>{@code
 * CallOptions options = CallOptions.none().withTimeout(Duration.ofMinutes(1)).withRetries(3, Duration.ofSeconds(1));
 * }</pre>
 *
 * <p>Two objects are equal if all their settings are. Immutable, safe to share.
 */
public final class CallOptions implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The timeout that stands for no limit. */
    public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private static final CallOptions NONE = new CallOptions(FOREVER, 0, Duration.ZERO);

    private final Duration timeout;
    private final int retries;
    private final Duration retryDelay;

    private CallOptions(Duration timeout, int retries, Duration retryDelay) {
        this.timeout = requireNonNull(timeout, "timeout");
        this.retries = retries;
        this.retryDelay = requireNonNull(retryDelay, "retryDelay");
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
     * @param timeout how long one attempt may take, from its start; {@link #FOREVER} for no limit. On a grid this
     *     covers reading the call, running it and writing its result
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public CallOptions withTimeout(Duration timeout) {
        return requireNonNull(timeout, "timeout").equals(this.timeout)
                ? this
                : new CallOptions(timeout, retries, retryDelay);
    }

    /**
     * Returns these options with another number of retries and another delay before each of them.
     *
     * @param retries how often a call that Failed runs again, from 0
     * @param delay how long to wait before each retry; the call holds no slot meanwhile
     * @throws IllegalArgumentException if one of them is negative
     */
    public CallOptions withRetries(int retries, Duration delay) {
        return retries == this.retries && requireNonNull(delay, "delay").equals(retryDelay)
                ? this
                : new CallOptions(timeout, retries, delay);
    }

    /** Returns how long one attempt may take, from its start; {@link #FOREVER} for no limit. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns whether each attempt has a time limit. */
    public boolean hasTimeout() {
        return !timeout.equals(FOREVER);
    }

    /** Returns how often a call that Failed runs again. */
    public int retries() {
        return retries;
    }

    /** Returns how long to wait before each retry. */
    public Duration retryDelay() {
        return retryDelay;
    }

    /** Checks settings that were read. */
    @Serial
    private Object readResolve() {
        return new CallOptions(timeout, retries, retryDelay);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallOptions that
                && timeout.equals(that.timeout)
                && retries == that.retries
                && retryDelay.equals(that.retryDelay);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeout, retries, retryDelay);
    }

    @Override
    public String toString() {
        return "CallOptions[timeout=" + timeout + ", retries=" + retries + ", retryDelay=" + retryDelay + "]";
    }
}
