package io.github.ignitetasks;

import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much a session holds in memory. Start from {@link #standard} and change what you need:
 *
 * <pre>{@code
 * SessionLimits limits = SessionLimits.standard().withPendingCalls(10_000);
 * }</pre>
 *
 * <p>Two objects are equal if all their limits are. Immutable, safe to share.
 */
public final class SessionLimits implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int CALLS = 65_536;
    private static final long BYTES = 64L << 20;
    private static final SessionLimits STANDARD = new SessionLimits(CALLS, BYTES, CALLS, BYTES);

    private final int pendingCalls;
    private final long pendingBytes;
    private final int keptFutures;
    private final long keptBytes;

    private SessionLimits(int pendingCalls, long pendingBytes, int keptFutures, long keptBytes) {
        this.pendingCalls = (int) checkPositive("pendingCalls", pendingCalls);
        this.pendingBytes = checkPositive("pendingBytes", pendingBytes);
        this.keptFutures = (int) checkPositive("keptFutures", keptFutures);
        this.keptBytes = checkPositive("keptBytes", keptBytes);
    }

    /** Returns the default: 65,536 calls or 64 MiB that have not ended, and as many ended futures. */
    public static SessionLimits standard() {
        return STANDARD;
    }

    /**
     * Returns these limits with another number of calls that have not ended. At that number {@code submit} blocks.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    public SessionLimits withPendingCalls(int calls) {
        return new SessionLimits(calls, pendingBytes, keptFutures, keptBytes);
    }

    /**
     * Returns these limits with another size of the calls that have not ended, in bytes of their serialized form. At
     * that size {@code submit} blocks, but one call of any size is accepted while there is no other. The runners of
     * this JVM serialize nothing, so there it has no effect.
     *
     * @throws IllegalArgumentException if the size is less than 1
     */
    public SessionLimits withPendingBytes(long bytes) {
        return new SessionLimits(pendingCalls, bytes, keptFutures, keptBytes);
    }

    /**
     * Returns these limits with another number of ended futures that a session on a grid keeps. It forgets earlier
     * ones, and finds their states on the grid. A session of this JVM keeps all futures.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    public SessionLimits withKeptFutures(int futures) {
        return new SessionLimits(pendingCalls, pendingBytes, futures, keptBytes);
    }

    /**
     * Returns these limits with another size of the states of the ended futures that a session on a grid keeps, in
     * bytes.
     *
     * @throws IllegalArgumentException if the size is less than 1
     */
    public SessionLimits withKeptBytes(long bytes) {
        return new SessionLimits(pendingCalls, pendingBytes, keptFutures, bytes);
    }

    /** Returns how many calls that have not ended a session accepts. */
    public int pendingCalls() {
        return pendingCalls;
    }

    /** Returns how many bytes the serialized calls that have not ended may take. */
    public long pendingBytes() {
        return pendingBytes;
    }

    /** Returns how many ended futures a session on a grid keeps. */
    public int keptFutures() {
        return keptFutures;
    }

    /** Returns how many bytes the states of the kept futures may take. */
    public long keptBytes() {
        return keptBytes;
    }

    private static long checkPositive(String limit, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(limit + " must be 1 or more, but is " + value);
        }
        return value;
    }

    /** Checks limits that were read. */
    @Serial
    private Object readResolve() {
        return new SessionLimits(pendingCalls, pendingBytes, keptFutures, keptBytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionLimits that
                && pendingCalls == that.pendingCalls
                && pendingBytes == that.pendingBytes
                && keptFutures == that.keptFutures
                && keptBytes == that.keptBytes;
    }

    @Override
    public int hashCode() {
        return Objects.hash(pendingCalls, pendingBytes, keptFutures, keptBytes);
    }

    @Override
    public String toString() {
        return "SessionLimits[pendingCalls=" + pendingCalls + ", pendingBytes=" + pendingBytes + ", keptFutures="
                + keptFutures + ", keptBytes=" + keptBytes + "]";
    }
}
