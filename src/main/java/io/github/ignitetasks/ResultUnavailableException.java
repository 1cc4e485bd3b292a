package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the result of a task that completed cannot be had here. The message says why: for example, the grid does
 * not keep the result any more, or a class of it is missing in this JVM. The task's state stays Completed, and a later
 * request may succeed.
 *
 * <p>Safe to share as any exception is.
 */
public final class ResultUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message why the result cannot be had, and the remedy
     * @param cause the error behind it; null if there is none
     */
    public ResultUnavailableException(String message, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
    }
}
