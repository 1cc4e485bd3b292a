package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import java.util.Optional;

/**
 * A session, as its observers see it. Safe to share between threads. Observers call the methods that may block on
 * threads of their own.
 */
public interface ObservedSession {
    /** Returns the name of the session, such as {@code ignite-1}. */
    String name();

    /** Returns where its tasks run, such as {@code this JVM, 4 slots}. */
    String description();

    /** Returns whether the session reaches its grid now; always true for tasks in this JVM. Does not block. */
    boolean isConnected();

    /** Returns the counts of the session's tasks by name, which are exact. */
    TaskCounts counts();

    /**
     * Looks at the tasks that have not ended and at the nodes. May block for about 2 seconds, because it asks the nodes.
     * A node that does not answer by then is left out. This method never fails: after the session has closed, nothing is
     * pending and there are no nodes.
     */
    SessionLook look();

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
     * Returns the final state of a key; empty if it has none yet. May block, and may fetch the result, which observers
     * never show.
     *
     * @throws IllegalStateException if the session has closed, or the grid does not answer
     */
    Optional<State<?>> state(String key);
}
