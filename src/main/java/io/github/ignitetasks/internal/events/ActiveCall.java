package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.TaskProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * A call that has started on a node, or is held up there, and has not ended.
 *
 * @param key its key
 * @param name its name; empty if it has none
 * @param flowRun the id of the flow run that submitted it; empty if no flow did
 * @param attempt the number of its latest attempt
 * @param phase its phase
 * @param elapsed how long ago its latest attempt started
 * @param progress the progress that it reported last; empty if it reported none
 */
public record ActiveCall(
        String key,
        Optional<String> name,
        Optional<String> flowRun,
        int attempt,
        Phase phase,
        Duration elapsed,
        Optional<TaskProgress> progress) {

    /** Returns whether an attempt has started; a call that is held up only waits. */
    public boolean hasStarted() {
        return phase != Phase.HELD_UP;
    }

    /** Returns whether its code runs in a slot. */
    boolean isInSlot() {
        return phase == Phase.RUNNING || phase == Phase.CANCELLING;
    }

    /** The phase of a started call. */
    public enum Phase {
        /** Its code runs in a slot. */
        RUNNING,
        /** Its code waits for another task, and has lent its slot. */
        WAITING_FOR_TASK,
        /** Its code was asked to stop, and still runs. */
        CANCELLING,
        /** Its latest attempt failed, and the next one waits for its delay or for a slot. */
        RETRYING,
        /** It waits for a resource or a limit that others use. */
        HELD_UP
    }
}
