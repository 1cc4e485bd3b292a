package io.github.ignitetasks.observe;

import java.time.Duration;

/**
 * A place that shows the progress of sessions. The times are those of {@link System#nanoTime()}. Safe to share between
 * threads.
 */
interface ProgressDisplay {
    /** Returns how often to call {@link #show}. */
    Duration interval();

    /** Begins to show a session. */
    void begin(SessionWatch session);

    /** Returns whether {@link #show} would show these numbers now, so that it is worth to find out how many tasks run. */
    boolean isDue(SessionWatch session, ProgressNumbers numbers, long nanos);

    /** Shows how far a session is, if it is time to. Does nothing if the session has not begun, or has ended. */
    void show(SessionWatch session, long nanos);

    /** Ends to show a session. Blocks for about a second at most. */
    void end(SessionWatch session);
}
