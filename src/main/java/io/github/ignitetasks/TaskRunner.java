package io.github.ignitetasks;

import java.io.Serializable;

/**
 * The settings by which tasks run: immutable, serializable, equal when every setting is equal.
 *
 * <p>A runner holds nothing live; what {@link #start()} opens belongs to the session. A runner that a call captured
 * and that is started inside that call, on a grid, uses the Ignite of the node that runs the call.
 *
 * <p>Safe to share between threads.
 */
public interface TaskRunner extends Serializable {

    /** Returns the runner's short name for logs, such as {@code thread-pool}. */
    String name();

    /** Returns how calls of this runner run beside each other. */
    ConcurrencyType concurrencyType();

    /**
     * Opens what the runner needs and returns the session that runs calls on it. Close the session: what was opened
     * for it closes with it.
     *
     * @throws IllegalStateException if what the runner needs cannot be opened; the message says what to change
     * @throws TaskInterruptedException if this thread is interrupted
     */
    TaskSession start();

    /** Returns a runner that is equal to this one and not the same object. */
    TaskRunner duplicate();
}
