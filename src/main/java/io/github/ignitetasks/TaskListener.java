package io.github.ignitetasks;

/**
 * A listener to what happens to the tasks of sessions. {@link TaskRunner#withListener} gives it to a runner, and {@code
 * withListener} of a flow to a flow. Each method does nothing by default.
 *
 * <ul>
 *   <li>Each session calls its listeners on one thread of its own, one event after the other. So a listener of one
 *       session needs no locks, and a slow listener delays no task.
 *   <li>The events of a task come in the order submitted, started, retrying, started again, ended. There is one {@code
 *       ended} for each {@code submitted}. A task that never runs has no {@code started}.
 *   <li>On a grid, nodes do not tell a session at once that a task has started or is retried. The session tells both
 *       just before the end, with their own times, and for at most the latest 10 failed attempts. {@code progress} may
 *       come before.
 *   <li>Submitting a key again that the session has already is no event. A key that had ended before this session
 *       submitted it has {@code submitted}, and then {@code ended} with {@link TaskEvent.Ended#isCached()}.
 *   <li>{@link TaskSession#complete} and {@link TaskSession#share} run no task, so they are no events. Nor are the tasks
 *       that a task on a grid submits to the session of its context.
 *   <li>If a listener falls 10,000 events behind, the session drops events and logs how many.
 *   <li>The session logs the first exception of each class that a listener throws, and goes on.
 *   <li>{@code close()} of a session waits up to 5 seconds for its listeners to get what has happened. Then it
 *       interrupts the listener and drops the rest.
 * </ul>
 *
 * <p>If several sessions use one listener at a time, it must be safe to share between threads.
 */
public interface TaskListener {
    /** The session accepted a task. */
    default void submitted(TaskEvent.Submitted event) {}

    /** An attempt at a task started. */
    default void started(TaskEvent.Started event) {}

    /** An attempt at a task failed, and another follows. */
    default void retrying(TaskEvent.Retrying event) {}

    /** A task told how far it is. A session hears that about once a second for each task. */
    default void progress(TaskEvent.Progressed event) {}

    /** A task has its final state. No event of the task follows. */
    default void ended(TaskEvent.Ended event) {}
}
