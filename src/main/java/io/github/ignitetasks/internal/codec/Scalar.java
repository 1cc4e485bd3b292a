package io.github.ignitetasks.internal.codec;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
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

    /** Returns the bytes of a value if it is one of these, and else null. */
    static byte @Nullable [] write(@Nullable Object value) throws IOException {
        if (value == null) {
            return bytes(NULL, 0).array();
        } else if (value instanceof Boolean truth) {
            return bytes(truth ? TRUE : FALSE, 0).array();
        } else if (value instanceof Integer number) {
            return bytes(INTEGER, Integer.BYTES).putInt(number).array();
        } else if (value instanceof Long number) {
            return bytes(LONG, Long.BYTES).putLong(number).array();
        } else if (value instanceof Double number) {
            return bytes(DOUBLE, Double.BYTES).putDouble(number).array();
        } else if (value instanceof String text && text.length() <= MAX_TEXT) {
            return bytes(text);
        } else {
            return null;
        }
    }

    private static ByteBuffer bytes(byte first, int more) {
        return ByteBuffer.allocate(1 + more).put(first);
    }

    private static byte[] bytes(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 + Short.BYTES + text.length());
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(TEXT);
        out.writeUTF(text);
        return bytes.toByteArray();
    }

    /** Reads a value from a stream, of which its first byte was read. */
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

    /**
     * Reads a value that is alone, which needs no stream.
     *
     * @throws IOException if the bytes are not one's
     */
    static @Nullable Object read(ByteBuffer in) throws IOException {
        byte first = in.get();
        try {
            return switch (first) {
                case NULL -> null;
                case FALSE -> false;
                case TRUE -> true;
                case INTEGER -> in.getInt();
                case LONG -> in.getLong();
                case DOUBLE -> in.getDouble();
                case TEXT -> Utf.read(in);
                default -> throw WireFormat.unknown(first);
            };
        } catch (BufferUnderflowException e) {
            throw new EOFException("a value that begins with " + first + " is cut off");
        }
    }
}
