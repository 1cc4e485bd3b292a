package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.TaskListener;

/**
 * A listener of this library that observes sessions as a whole, such as the dashboard. It gets no {@link
 * io.github.ignitetasks.TaskEvent TaskEvents} by a queue. Instead it consumes the events of each session directly, and
 * may ask the session for more.
 */
public interface SessionObserver extends TaskListener {

    /**
     * Begins to observe a session that starts, and returns the consumer of its events. Throws an exception only if the
     * session must not start.
     */
    TaskEvents observe(ObservedSession session);
}
