package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import java.util.Optional;

/** The keys of a session or a grid, as an observer asks for them one by one. Safe to share between threads. */
public interface ObservedKeys {
    /**
     * Returns the stack of the thread that runs a task now, one frame a line; empty if the task does not run, or its node
     * does not answer. May block for about 2 seconds.
     */
    Optional<String> stackOf(String key);

    /**
     * Returns the status of a key. May block.
     *
     * @throws IllegalArgumentException if it is no key
     * @throws IllegalStateException if the session has closed, or the grid does not answer
     */
    KeyStatus status(String key);

    /**
     * Returns the activity of a key that has not ended; empty if it is unknown. May block for about 2 seconds, because it
     * asks the nodes.
     */
    default Optional<KeyActivity> activity(String key) {
        return Optional.empty();
    }

    /**
     * Returns the final state of a key; empty if it has none yet. May block, and may fetch the result, which observers
     * never show.
     *
     * @throws IllegalArgumentException if it is no key
     * @throws IllegalStateException if the session has closed, or the grid does not answer
     */
    Optional<State<?>> state(String key);
}
