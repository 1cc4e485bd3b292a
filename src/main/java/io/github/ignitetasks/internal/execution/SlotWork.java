package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.Requirements;
import java.util.function.Consumer;

/** Work that runs in a slot, and what decides when it starts. */
@FunctionalInterface
public interface SlotWork extends Consumer<Slot> {

    /** Returns the priority; work of a higher one starts first. */
    default int priority() {
        return 0;
    }

    /** Returns what the work needs besides a slot. */
    default Requirements requirements() {
        return Requirements.none();
    }

    /** Called once, by any thread, if a slot is free and the work still waits, because its requirements are not met. */
    default void onHeldUp() {}
}
