package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception that could not be carried to this JVM: one that is not serializable, whose class this JVM lacks,
 * or that is denied. It tells the exception as text, has its stack trace as far as that is known, and its causes.
 *
 * <p>Safe to share as any exception is.
 */
public final class NotCarriedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    /**
     * Makes the stand-in.
     *
     * @param failure what the exception tells
     * @param reason why it was not carried
     * @param cause its cause, if that is known
     */
    public NotCarriedException(Failure failure, String reason, @Nullable Throwable cause) {
        super(
                requireNonNull(failure, "failure") + " (this exception is here as text alone: "
                        + requireNonNull(reason, "reason") + ")",
                cause);
        this.failure = failure;
    }

    /** Returns what the exception tells. */
    public Failure failure() {
        return failure;
    }
}
