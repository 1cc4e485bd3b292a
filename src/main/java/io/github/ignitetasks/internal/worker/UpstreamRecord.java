package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.StateRecord;
import java.time.Duration;
import java.util.Optional;

/** A future that calls may wait for, with the record of its final state. */
public interface UpstreamRecord {

    /** Returns its key. */
    String key();

    /** Returns its {@link StateRecord}; the future is final. */
    byte[] record();

    /** Returns for how long its record is kept; empty if that is up to its session. */
    default Optional<Duration> timeToLive() {
        return Optional.empty();
    }

    /** Returns whether the tasks of a node share the result: they get one object, which the node reads once. */
    default boolean isShared() {
        return false;
    }

    /** Returns whether it was released in this JVM. */
    boolean isReleased();
}
