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
    private static final long INLINE = 64L << 10;
    private static final SessionLimits STANDARD = new SessionLimits(CALLS, BYTES, CALLS, BYTES, INLINE);

    private final int pendingCalls;
    private final long pendingBytes;
    private final int keptFutures;
    private final long keptBytes;
    private final long inlineResultBytes;

    private SessionLimits(
            int pendingCalls, long pendingBytes, int keptFutures, long keptBytes, long inlineResultBytes) {
        this.pendingCalls = (int) checkPositive("pendingCalls", pendingCalls);
        this.pendingBytes = checkPositive("pendingBytes", pendingBytes);
        this.keptFutures = (int) checkPositive("keptFutures", keptFutures);
        this.keptBytes = checkPositive("keptBytes", keptBytes);
        this.inlineResultBytes = checkPositive("inlineResultBytes", inlineResultBytes);
    }

    /**
     * Returns the default: 65,536 calls or 64 MiB that have not ended, as many ended futures, and results of 64 KiB
     * with their states.
     */
    public static SessionLimits standard() {
        return STANDARD;
    }

    /**
     * Returns these limits with another number of calls that have not ended. At that number {@code submit} blocks.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    public SessionLimits withPendingCalls(int calls) {
        return new SessionLimits(calls, pendingBytes, keptFutures, keptBytes, inlineResultBytes);
    }

    /**
     * Returns these limits with another size of the calls that have not ended, in bytes of their serialized form. At
     * that size {@code submit} blocks, but one call of any size is accepted while there is no other. The runners of
     * this JVM serialize nothing, so there it has no effect.
     *
     * @throws IllegalArgumentException if the size is less than 1
     */
    public SessionLimits withPendingBytes(long bytes) {
        return new SessionLimits(pendingCalls, bytes, keptFutures, keptBytes, inlineResultBytes);
    }

    /**
     * Returns these limits with another number of ended futures that a session on a grid keeps. It forgets earlier
     * ones, and finds their states on the grid. A session of this JVM keeps all futures.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    public SessionLimits withKeptFutures(int futures) {
        return new SessionLimits(pendingCalls, pendingBytes, futures, keptBytes, inlineResultBytes);
    }

    /**
     * Returns these limits with another size of the states of the ended futures that a session on a grid keeps, in
     * bytes.
     *
     * @throws IllegalArgumentException if the size is less than 1
     */
    public SessionLimits withKeptBytes(long bytes) {
        return new SessionLimits(pendingCalls, pendingBytes, keptFutures, bytes, inlineResultBytes);
    }

    /**
     * Returns these limits with another size up to which a result comes to a session on a grid with its state, in bytes
     * of the state's serialized form. A larger result stays on the grid until somebody asks for it. In a session whose
     * own node ran the call it has no effect.
     *
     * @throws IllegalArgumentException if the size is less than 1
     */
    public SessionLimits withInlineResultBytes(long bytes) {
        return new SessionLimits(pendingCalls, pendingBytes, keptFutures, keptBytes, bytes);
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

    /** Returns the size in bytes up to which a result comes to a session on a grid with its state. */
    public long inlineResultBytes() {
        return inlineResultBytes;
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
        return new SessionLimits(pendingCalls, pendingBytes, keptFutures, keptBytes, inlineResultBytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionLimits that
                && pendingCalls == that.pendingCalls
                && pendingBytes == that.pendingBytes
                && keptFutures == that.keptFutures
                && keptBytes == that.keptBytes
                && inlineResultBytes == that.inlineResultBytes;
    }

    @Override
    public int hashCode() {
        return Objects.hash(pendingCalls, pendingBytes, keptFutures, keptBytes, inlineResultBytes);
    }

    @Override
    public String toString() {
        return "SessionLimits[pendingCalls=" + pendingCalls + ", pendingBytes=" + pendingBytes + ", keptFutures="
                + keptFutures + ", keptBytes=" + keptBytes + ", inlineResultBytes=" + inlineResultBytes + "]";
    }
}
