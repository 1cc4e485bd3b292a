package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The settings for running tasks, from which sessions are started. Runners are immutable and serializable, and are
 * equal when all settings are equal.
 *
 * <p>A runner holds no live resources; the session owns everything that {@link #start()} opens. On a grid, a call may
 * capture a runner and start it. That session uses the Ignite instance of the node that runs the call.
 *
 * <p>Safe to share between threads.
 */
public interface TaskRunner extends Serializable {

    /** Returns the runner's short name for logs, such as {@code thread-pool}. */
    String name();

    /** Returns how calls of this runner run concurrently. */
    ConcurrencyType concurrencyType();

    /**
     * Opens what the runner needs and returns the session that runs calls on it. Close the session to close everything
     * that was opened for it.
     *
     * @throws IllegalStateException if what the runner needs cannot be opened; the message says what to change
     * @throws TaskInterruptedException if this thread is interrupted
     */
    TaskSession start();

    /**
     * Returns this runner with one more listener to what happens to the tasks of its sessions. Two runners are equal only
     * if their listeners are. Listeners stay in this JVM: a runner that was deserialized has none.
     *
     * @throws UnsupportedOperationException if sessions of this runner tell no listeners
     */
    default TaskRunner withListener(TaskListener listener) {
        requireNonNull(listener, "listener");
        throw new UnsupportedOperationException("runner " + name() + " tells no listeners; use another runner");
    }

    /** Returns another runner object that is equal to this one. */
    TaskRunner duplicate();
}
