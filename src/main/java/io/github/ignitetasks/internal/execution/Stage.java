package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.FailedAttempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a call's execution. Immutable.
 *
 * @param phase the phase
 * @param latest the latest attempt; null before the first
 */
record Stage(Phase phase, @Nullable Attempt<?> latest) {
    /** The stage in which each execution begins. */
    static final Stage QUEUED = new Stage(Phase.QUEUED, null);

    enum Phase {
        /** The first attempt waits for a slot. */
        QUEUED,
        /** An attempt runs. */
        RUNNING,
        /** An attempt runs, and was asked to stop. */
        CANCELLING,
        /** The latest attempt is over, and the next one waits for its delay and for a slot. */
        BETWEEN_ATTEMPTS,
        /** The outcome is decided, or the execution was withdrawn. Code that was stopped may still run. */
        ENDED
    }

    /** Returns the stage after this one in another phase of the same attempt. */
    Stage with(Phase next) {
        return new Stage(next, latest);
    }

    /** Returns whether no attempt runs, and one is going to. */
    boolean waits() {
        return phase == Phase.QUEUED || phase == Phase.BETWEEN_ATTEMPTS;
    }

    boolean isEnded() {
        return phase == Phase.ENDED;
    }

    /** Returns the attempts that failed so far, if no attempt runs. */
    List<FailedAttempt> failedAttempts() {
        return latest == null ? List.of() : latest.failedAttempts();
    }

    /** Returns the number of the next attempt. */
    int nextAttempt() {
        return latest == null ? 1 : latest.attempt() + 1;
    }
}
