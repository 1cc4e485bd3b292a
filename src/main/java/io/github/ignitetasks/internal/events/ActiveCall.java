package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.TaskProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A call that has started on a node, or is held up there, and has not ended.
 *
 * @param key its key
 * @param name its name; empty if it has none
 * @param flowRun the id of the flow run that submitted it; empty if no flow did
 * @param attempt the number of its latest attempt
 * @param phase its phase
 * @param waitsFor what it waits for, such as {@code task 'fetch-17'} or {@code limit 'db'}; empty if it does not wait, or if
 *     nothing tells
 * @param elapsed how long ago its latest attempt started, or how long it has been held up
 * @param progress the progress that it reported last; empty if it reported none
 */
public record ActiveCall(
        String key,
        Optional<String> name,
        Optional<String> flowRun,
        int attempt,
        Phase phase,
        Optional<String> waitsFor,
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
        /** Its code waits, and has lent its slot. */
        WAITING,
        /** Its code was asked to stop, and still runs. */
        CANCELLING,
        /** Its latest attempt failed, and the next one waits for its delay or for a slot. */
        RETRYING,
        /** It waits for a resource or a limit that others use. */
        HELD_UP;

        /** Returns the phase in small letters, such as {@code held up}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
