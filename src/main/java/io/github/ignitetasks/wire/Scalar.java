package io.github.ignitetasks.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The values that are written as a byte, which says their type, and themselves: those so short and so frequent that
 * objects of a stream cost several times as much. Records keep these bytes: none changes its meaning.
 */
final class Scalar {
    private static final byte NULL = 2; // after WireFormat.OBJECTS
    private static final byte FALSE = 3;
    private static final byte TRUE = 4;
    private static final byte INTEGER = 5;
    private static final byte LONG = 6;
    private static final byte DOUBLE = 7;
    private static final byte TEXT = 8;

    /** So that each character may take the three bytes that it takes at most, in the 65,535 that there are. */
    private static final int MAX_TEXT = 21_845;

    private Scalar() {}

    /** Writes a value if it is one of these, and returns whether it is. */
    static boolean write(@Nullable Object value, DataOutput out) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof Boolean truth) {
            out.writeByte(truth ? TRUE : FALSE);
        } else if (value instanceof Integer number) {
            out.writeByte(INTEGER);
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeByte(LONG);
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte(DOUBLE);
            out.writeDouble(number);
        } else if (value instanceof String text && text.length() <= MAX_TEXT) {
            out.writeByte(TEXT);
            out.writeUTF(text);
        } else {
            return false;
        }
        return true;
    }

    /** Reads a value whose first byte was this. */
    static @Nullable Object read(byte first, DataInput in) throws IOException {
        return switch (first) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case INTEGER -> in.readInt();
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            case TEXT -> in.readUTF();
            default -> throw WireFormat.unknown(first);
        };
    }
}
