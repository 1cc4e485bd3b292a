package io.github.ignitetasks.internal.connect;

import java.time.Duration;

/** The load of a cluster that adapts its size. Implementations are safe for use by many threads. */
@FunctionalInterface
public interface Load {

    /** Returns the current load. */
    Snapshot snapshot();

    /**
     * A measurement of the load.
     *
     * @param calls the number of calls that are running or ready to run
     * @param slots the number of calls that the known nodes can run at a time
     * @param meanTime the mean run time of a call
     */
    record Snapshot(int calls, int slots, Duration meanTime) {}
}
