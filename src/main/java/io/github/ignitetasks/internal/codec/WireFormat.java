package io.github.ignitetasks.internal.codec;

import java.io.StreamCorruptedException;

/**
 * The numbers by which written bytes say what follows. Records outlive the library that wrote them: none changes its
 * meaning.
 */
final class WireFormat {
    /**
     * The first byte of objects in the JDK's serialization protocol, but for the descriptors of classes. Other first
     * bytes begin a {@link Scalar}.
     */
    static final byte OBJECTS = 1;

    /** In place of a descriptor: it follows, as the JDK writes it. Numbers above are {@link WellKnownClasses}. */
    static final byte DESCRIPTOR = 0;

    /** In place of what is defined: its {@link Definition} follows. */
    static final byte DEFINITION = -1;

    /** In place of what is defined: the number follows of a definition that came before or went apart, from 0. */
    static final byte DEFINITION_NUMBER = -2;

    private WireFormat() {}

    /** Returns what is thrown of bytes that begin otherwise. */
    static StreamCorruptedException unknown(byte first) {
        return new StreamCorruptedException(
                "bytes that begin with " + first + " were not written by this library, or by a newer version of it");
    }
}
