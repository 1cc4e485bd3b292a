package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The timeout and retries of a call, how long its state counts, and where it runs. Start from {@link #none} and change
 * what you need:
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

    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);

    /** The timeout that stands for no limit. */
    public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private static final CallOptions NONE = new CallOptions(FOREVER, Retries.none(), null, true, null);

    private final Duration timeout;
    private final Retries retries;
    private final @Nullable Duration resultTtl;
    private final boolean failuresKept;
    private final @Nullable NearData nearData;

    private CallOptions(
            Duration timeout,
            Retries retries,
            @Nullable Duration resultTtl,
            boolean failuresKept,
            @Nullable NearData nearData) {
        this.timeout = requireNonNull(timeout, "timeout");
        this.retries = requireNonNull(retries, "retries");
        this.resultTtl = resultTtl;
        this.failuresKept = failuresKept;
        this.nearData = nearData;
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout must be positive, but is " + timeout + "; leave it out for no limit");
        }
        if (resultTtl != null && resultTtl.compareTo(SHORTEST_TTL) < 0) {
            throw new IllegalArgumentException("resultTtl must be 1 s or more, but is " + resultTtl);
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
                : new CallOptions(timeout, retries, resultTtl, failuresKept, nearData);
    }

    /** Returns these options with other retries. */
    public CallOptions withRetries(Retries retries) {
        return requireNonNull(retries, "retries").equals(this.retries)
                ? this
                : new CallOptions(timeout, retries, resultTtl, failuresKept, nearData);
    }

    /**
     * Returns these options with a time for which the state of this key is kept after its end, instead of that of the
     * session. After it, the key runs anew when it is next submitted.
     *
     * @param resultTtl 1 second or more; {@link #FOREVER} for as long as the session or the grid lives
     * @throws IllegalArgumentException if the time is shorter
     */
    public CallOptions withResultTtl(Duration resultTtl) {
        return new CallOptions(timeout, retries, requireNonNull(resultTtl, "resultTtl"), failuresKept, nearData);
    }

    /**
     * Returns these options with the choice whether a state without a result counts. If not, submitting a key that
     * ended in such a state runs it anew, as if the key had been released. Otherwise it shares that state, which is the
     * default.
     */
    public CallOptions withFailuresKept(boolean kept) {
        return kept == failuresKept ? this : new CallOptions(timeout, retries, resultTtl, kept, nearData);
    }

    /**
     * Returns these options with {@link Retries#fixed} retries.
     *
     * @param retries how often a call that Failed runs again, from 0
     * @param delay how long to wait before each retry; the call holds no slot meanwhile
     * @throws IllegalArgumentException if one of them is negative
     */
    public CallOptions withRetries(int retries, Duration delay) {
        return withRetries(Retries.fixed(retries, delay));
    }

    /** Returns how long one attempt may take, from its start; {@link #FOREVER} for no limit. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns whether each attempt has a time limit. */
    public boolean hasTimeout() {
        return !timeout.equals(FOREVER);
    }

    /**
     * Returns these options with data of a cache beside which the call runs: on the primary node of the partition,
     * which stays there while the call runs. So the call reads that data without the network. If the partition moves
     * before, the call follows it.
     *
     * <p>Only an {@code IgniteTaskRunner} has caches. Other runners refuse the call. Submitting it while the grid is
     * away throws an {@link IllegalStateException}, because nobody knows the place then.
     */
    public CallOptions near(NearData data) {
        return new CallOptions(timeout, retries, resultTtl, failuresKept, requireNonNull(data, "data"));
    }

    /** Returns the data beside which the call runs; empty if that does not matter. */
    public Optional<NearData> nearData() {
        return Optional.ofNullable(nearData);
    }

    /** Returns for how long the state of the key is kept after its end; empty to leave that to the session. */
    public Optional<Duration> resultTtl() {
        return Optional.ofNullable(resultTtl);
    }

    /** Returns whether submitting a key that ended without a result shares that state. */
    public boolean keepsFailures() {
        return failuresKept;
    }

    /** Returns the retries of a call that Failed. */
    public Retries retries() {
        return retries;
    }

    /** Checks settings that were read. */
    @Serial
    private Object readResolve() {
        return new CallOptions(timeout, retries, resultTtl, failuresKept, nearData);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallOptions that
                && timeout.equals(that.timeout)
                && retries.equals(that.retries)
                && Objects.equals(resultTtl, that.resultTtl)
                && failuresKept == that.failuresKept
                && Objects.equals(nearData, that.nearData);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeout, retries, resultTtl, failuresKept, nearData);
    }

    @Override
    public String toString() {
        return "CallOptions[timeout=" + timeout + ", retries=" + retries + ", resultTtl=" + resultTtl
                + ", failuresKept=" + failuresKept + ", nearData=" + nearData + "]";
    }
}
