package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import java.util.Optional;

/**
 * A task of a session, which consumers of events may ask for more. It runs no user code. Safe to share between threads.
 */
public interface SessionTask extends TaskLabel {
    /** Returns whether the key was given a result, so that no task runs under it. */
    boolean isGiven();

    /** Returns the {@link System#nanoTime()} at which the session accepted the task. */
    long submittedNanos();

    /** Returns whether an event told when its first attempt started. Costs next to nothing. */
    boolean isStartTold();

    /** Returns whether the final state was found. Costs next to nothing. */
    boolean isCached();

    /** Returns the number of the last attempt of the final state; 0 if none started. Costs next to nothing. */
    int attempt();

    /** Returns when and where the last attempt of the final state ran. It may be read from bytes. */
    ExecutionInfo executionInfo();

    /** Returns the text of the failure of the final state; empty if it has none. It may be read from bytes. */
    Optional<Failure> failure();
}
