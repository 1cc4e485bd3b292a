package io.github.ignitetasks;

/**
 * Thrown by a wait that took longer than its caller allowed. The task that was waited for goes on.
 *
 * <p>It never stands for a timeout that a task itself threw: that one is the cause of a {@link NotCompletedException}.
 */
public final class TaskTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception; the message says what was waited for, and for how long. */
    public TaskTimeoutException(String message) {
        super(message);
    }
}
