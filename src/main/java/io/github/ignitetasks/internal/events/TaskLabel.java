package io.github.ignitetasks.internal.events;

import java.util.Optional;

/** The texts by which people tell tasks. Reading them costs next to nothing. Safe to share between threads. */
public interface TaskLabel {
    /** Returns the key. */
    String key();

    /** Returns the name that the task shares with others; empty if it has none. */
    Optional<String> name();

    /** Returns the name, or another text if there is none; for counters, as an Optional for each event costs memory. */
    default String nameOr(String other) {
        return name().orElse(other);
    }

    /** Returns the id of the flow run that submitted the task; empty if no flow did. */
    Optional<String> flowRun();
}
