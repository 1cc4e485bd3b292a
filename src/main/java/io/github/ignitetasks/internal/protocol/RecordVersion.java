package io.github.ignitetasks.internal.protocol;

import io.github.ignitetasks.internal.node.Protocol;

/**
 * The version of a record. Records of version 1 begin with the type of a state or the letter of a claim. These bytes are
 * positive. A record of a later version n begins with the byte -n, whatever its content is.
 */
public final class RecordVersion {
    private RecordVersion() {}

    /** Returns whether a record is of a later version than this library reads. */
    public static boolean isLater(byte[] record) {
        return -record[0] > Protocol.RECORDS;
    }

    /** Says that a record is of a later version, and what to do about it. */
    static String describe(byte[] record) {
        return "its record was written by a later version of this library (records of version " + -record[0]
                + "), and this one reads versions up to " + Protocol.RECORDS + "; update it, on the nodes and here";
    }
}
