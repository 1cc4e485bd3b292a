package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.TaskProgress;
import java.util.Optional;
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

    /**
     * Receives what the code tells of its progress, at most about once a second.
     *
     * @param attempt the number of the attempt, from 1
     * @param progress how far it is; empty for an attempt that follows one which had told something
     */
    default void progressed(int attempt, Optional<TaskProgress> progress) {}
}
