package io.github.ignitetasks;

/**
 * Thrown by a wait that exceeded its caller's timeout. The task goes on.
 *
 * <p>If a task's own code throws a timeout exception, callers get that exception as the cause of a
 * {@link NotCompletedException} instead.
 */
public final class TaskTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what the caller was waiting for, and for how long
     */
    public TaskTimeoutException(String message) {
        super(message);
    }
}
