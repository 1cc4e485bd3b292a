package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.State;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt.
 *
 * @param state its state
 * @param written that state as bytes, if the attempt has written it; then no other thread runs the code of its classes
 * @param <R> the type of the result
 */
public record Outcome<R extends @Nullable Object>(State<R> state, Optional<byte[]> written) {

    /** Returns the outcome of an attempt that has written nothing. */
    public static <R extends @Nullable Object> Outcome<R> of(State<R> state) {
        return new Outcome<>(state, Optional.empty());
    }
}
