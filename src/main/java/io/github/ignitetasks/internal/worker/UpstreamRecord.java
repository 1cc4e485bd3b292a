package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.StateRecord;

/** A future that others may wait for, with the record that it was told. */
public interface UpstreamRecord {

    /** Returns its key. */
    String key();

    /** Returns its {@link StateRecord}; it is final. */
    byte[] record();

    /** Returns whether it was released in this JVM. */
    boolean isReleased();
}
