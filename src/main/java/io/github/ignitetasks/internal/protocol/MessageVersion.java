package io.github.ignitetasks.internal.protocol;

import io.github.ignitetasks.internal.node.Protocol;
import java.io.DataInput;
import java.io.IOException;
import java.io.InvalidObjectException;

/**
 * The version of one message between a session and a node, or between nodes.
 *
 * <p>Messages of version 1 that the library writes itself begin with their content: they are older than this class.
 * Those of a later version n begin with the long -n, which is the beginning of no message of version 1. The exceptions
 * are the JDK's, because a node of another version can read these.
 */
public final class MessageVersion {
    /** The higher half of the long -n, for each version n. */
    private static final int HIGHER_HALF = -1;

    /** The highest version that the beginning of a message can tell from a random id. */
    private static final int MAX = 0xFFF;

    private MessageVersion() {}

    /** Returns the version that a message carries as a field, where Ignite writes its fields. */
    public static int current() {
        return Protocol.MESSAGES;
    }

    /**
     * Checks the field of a message. It is 0 in messages of nodes that did not know it; these are of version 1.
     *
     * @throws IllegalStateException if the message is of a later version
     */
    public static void check(String message, int version) {
        if (version > Protocol.MESSAGES) {
            throw new IllegalStateException(problem(message, version));
        }
    }

    /**
     * Reads the first int of a message, which is never negative in version 1.
     *
     * @throws InvalidObjectException if the message is of a later version
     */
    public static int readFirstInt(String message, DataInput in) throws IOException {
        int first = in.readInt();
        if (first == HIGHER_HALF) {
            throw new InvalidObjectException(problem(message, -in.readInt()));
        }
        return first;
    }

    /**
     * Reads the first long of a message, which in version 1 is that of a random id. The type of such an id, 4, is in
     * its bits 12 to 15. These are all set in the long -n.
     *
     * @throws InvalidObjectException if the message is of a later version
     */
    public static long readFirstLong(String message, DataInput in) throws IOException {
        long first = in.readLong();
        if (first < 0 && first >= -MAX) {
            throw new InvalidObjectException(problem(message, (int) -first));
        }
        return first;
    }

    private static String problem(String message, int version) {
        return message + " is of version " + version + " of the messages, and this library reads versions up to "
                + Protocol.MESSAGES + "; use one version of this library on all sides";
    }
}
