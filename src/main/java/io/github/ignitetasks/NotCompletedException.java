package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a result is requested from a task or flow that did not complete. Its cause is the task's own exception,
 * or that of the upstream that failed first, if it could be carried to this JVM. {@link #state()} has all details.
 *
 * <p>Safe to share as any exception is.
 */
public final class NotCompletedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final State<?> state;

    /**
     * Makes the exception.
     *
     * @param subject the task or flow that did not complete, such as {@code task 'square-7'}
     * @param state the final state of the task or flow
     */
    public NotCompletedException(String subject, State<?> state) {
        super(
                requireNonNull(subject, "subject") + " ended "
                        + requireNonNull(state, "state").describe(),
                causeOf(state));
        this.state = state;
    }

    /** Returns the final state of the task or flow. */
    public State<?> state() {
        return state;
    }

    private static @Nullable Throwable causeOf(State<?> state) {
        return state.failure().flatMap(Failure::throwable).orElse(null);
    }
}
