package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.StateRecord;

/** A future that calls may wait for, with the record of its final state. */
public interface UpstreamRecord {

    /** Returns its key. */
    String key();

    /** Returns its {@link StateRecord}; the future is final. */
    byte[] record();

    /** Returns whether it was released in this JVM. */
    boolean isReleased();
}
