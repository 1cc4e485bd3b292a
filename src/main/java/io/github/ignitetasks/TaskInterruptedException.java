package io.github.ignitetasks;

/** Thrown by a wait whose thread was interrupted; the thread's interrupt flag is set again. */
public final class TaskInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception and sets the interrupt flag of this thread.
     *
     * @param message what was waited for
     * @param cause the interrupt
     */
    public TaskInterruptedException(String message, Throwable cause) {
        super(message, cause);
        Thread.currentThread().interrupt();
    }
}
