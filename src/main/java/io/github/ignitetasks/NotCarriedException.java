package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A stand-in for an exception that could not be carried to this JVM. The exception is not serializable, its class is
 * missing in this JVM, or its class is denied. The stand-in has the exception's text, its causes, and its stack trace
 * as far as that is known.
 *
 * <p>Safe to share as any exception is.
 */
public final class NotCarriedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    /**
     * Makes the stand-in.
     *
     * @param failure the text of the exception
     * @param reason the reason why the exception was not carried
     * @param cause the exception's cause, or null if it is unknown
     */
    public NotCarriedException(Failure failure, String reason, @Nullable Throwable cause) {
        super(
                requireNonNull(failure, "failure") + " (this exception is here as text alone: "
                        + requireNonNull(reason, "reason") + ")",
                cause);
        this.failure = failure;
    }

    /** Returns the text of the exception. */
    public Failure failure() {
        return failure;
    }
}
