package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskProgress;
import java.time.Duration;
import java.util.List;

/**
 * A consumer of what happens to tasks. A session tells what it sees of its tasks; a node tells of the calls that it
 * runs.
 *
 * <p>The events come from the threads that move tasks on, those of several tasks at the same time. The events of one task
 * come in the order of their methods here, except that a quick end may overtake the event before it. So implementations
 * are safe to share between threads, return at once, and throw nothing. Each method does nothing by default.
 */
public interface TaskEvents {
    /** A session has accepted a task. */
    default void submitted(SessionTask task) {}

    /** A session has accepted a task that needs others; comes with {@link #submitted}. */
    default void depends(TaskLabel task, List<? extends TaskLabel> upstreams) {}

    /** A call was submitted under the key of a task that the session has already, and shares its state. */
    default void joined(TaskLabel task) {}

    /** All upstreams of a task have completed, and the task goes on its way to a slot. */
    default void queued(String key) {}

    /** A session sends a task to a node. This happens again if the task comes back, or if the node is lost by then. */
    default void sent(String key, String node) {}

    /** An attempt at a task starts in a slot. */
    default void started(TaskLabel task, String node, int attempt) {}

    /**
     * A session learns how far a task is, at most about once a second. This event never comes after {@link #ended}.
     *
     * @param attempt the number of the attempt that tells it; a new attempt begins without progress
     */
    default void progress(TaskLabel task, String node, int attempt, TaskProgress progress) {}

    /**
     * An attempt has failed, and another follows after the delay.
     *
     * @param attempts how many attempts there may be
     */
    default void retrying(TaskLabel task, String node, int attempt, int attempts, State<?> failed, Duration delay) {}

    /**
     * A session has the final state of a task.
     *
     * @param nanos how long the last attempt ran; zero if the task never ran
     */
    default void ended(SessionTask task, StateType type, long nanos) {}

    /** A session has released the final state of a task. Releasing a given result is no event. */
    default void released(String key, StateType type) {}

    /** The session closes, and all its tasks have ended. May block for a bounded time, unlike the other methods. */
    default void closed() {}
}
