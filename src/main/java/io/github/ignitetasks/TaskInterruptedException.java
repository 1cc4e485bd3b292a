package io.github.ignitetasks;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Thrown by a wait whose thread was interrupted. The thread's interrupt flag is set again. */
public final class TaskInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception and sets the interrupt flag of this thread.
     *
     * @param message what the thread was waiting for
     * @param cause the interrupt
     */
    public TaskInterruptedException(String message, Throwable cause) {
        super(message, cause);
        Thread.currentThread().interrupt();
    }

    /**
     * Throws this exception if this thread is interrupted; the interrupt flag stays set.
     *
     * @param message what the thread was about to do
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public static void throwIfInterrupted(String message) {
        if (Thread.interrupted()) {
            throw new TaskInterruptedException(message, new InterruptedException("interrupted before it began"));
        }
    }

    /** Returns whether an exception is of a type that stands for an interrupt, whoever threw it. */
    public static boolean saysInterrupted(Throwable problem) {
        return problem instanceof InterruptedException
                || problem instanceof TaskInterruptedException
                || (problem instanceof InterruptedIOException && !(problem instanceof SocketTimeoutException))
                || problem.getClass().getName().startsWith("org.apache.ignite.IgniteInterrupted");
    }

    /**
     * Returns whether an exception comes from an interrupt that a method of the JDK, Ignite or this library noticed.
     * User code may throw an exception of such a type without any interrupt; this method returns false for that.
     */
    public static boolean isFromInterrupt(Throwable problem) {
        for (Throwable each = problem; each != null && saysInterrupted(each); each = each.getCause()) {
            StackTraceElement[] trace = each.getStackTrace();
            if (trace.length > 0 && isOfThePlatform(trace[0])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfThePlatform(StackTraceElement thrower) {
        @Nullable String module = thrower.getModuleName();
        String type = thrower.getClassName();
        return (module != null && (module.startsWith("java.") || module.startsWith("jdk.")))
                || type.startsWith("org.apache.ignite.")
                || type.equals(TaskInterruptedException.class.getName());
    }
}
