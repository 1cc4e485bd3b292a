package io.github.ignitetasks.internal.execution;

import org.jspecify.annotations.Nullable;

/**
 * The listener to one execution of a call.
 *
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface CallListener<R extends @Nullable Object> {
    /** Receives the outcome, once, from the thread that decides it. */
    void ended(Outcome<R> outcome);

    /** Called once, when the execution first holds no slot for a while: it waits for other calls, or for a retry. */
    default void paused() {}
}
