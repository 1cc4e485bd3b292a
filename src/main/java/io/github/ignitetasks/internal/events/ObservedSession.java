package io.github.ignitetasks.internal.events;

/**
 * A session, as its observers see it. Safe to share between threads. Observers call the methods that may block on
 * threads of their own.
 */
public interface ObservedSession extends ObservedKeys {
    /** Returns the name of the session, such as {@code ignite-1}. */
    String name();

    /** Returns where its tasks run, such as {@code this JVM, 4 slots}. */
    String description();

    /** Returns whether the session reaches its grid now; always true for tasks in this JVM. Does not block. */
    boolean isConnected();

    /** Returns the counts of the session's tasks by name, which are exact. */
    TaskCounts counts();

    /**
     * Takes a snapshot of the tasks that have not ended and of the nodes. May block for about 2 seconds, because it asks the nodes.
     * A node that does not answer by then is left out. This method never fails: after the session has closed, nothing is
     * pending and there are no nodes.
     */
    SessionSnapshot snapshot();
}
