package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Thrown where a result is asked of what ended in another state than Completed. Its cause is the task's own exception,
 * where that could be carried here; {@link #state()} tells all that is known.
 */
public final class NotCompletedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final State<?> state;

    /**
     * Makes the exception.
     *
     * @param subject what did not complete, such as {@code task 'square-7'}
     * @param state how it ended
     */
    public NotCompletedException(String subject, State<?> state) {
        super(
                requireNonNull(subject, "subject") + " ended "
                        + requireNonNull(state, "state").describe(),
                causeOf(state));
        this.state = state;
    }

    /** Returns how it ended. */
    public State<?> state() {
        return state;
    }

    private static @Nullable Throwable causeOf(State<?> state) {
        return state.failure().flatMap(Failure::throwable).orElse(null);
    }
}
