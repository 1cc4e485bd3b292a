package io.github.ignitetasks.internal.codec;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads short text that {@link java.io.DataOutput#writeUTF} wrote; quick where that is ASCII, as it mostly is. */
public final class Utf {
    private Utf() {}

    /**
     * Reads a text.
     *
     * @throws IOException if the bytes are not one's
     */
    public static String read(ByteBuffer in) throws IOException {
        if (in.remaining() < Short.BYTES) {
            throw new EOFException("the length of a text is cut off");
        }
        int length = Short.toUnsignedInt(in.getShort(in.position()));
        if (Short.BYTES + length > in.remaining()) {
            throw new EOFException("a text of " + length + " bytes is cut off");
        }
        byte[] bytes = in.array();
        int start = in.arrayOffset() + in.position() + Short.BYTES;
        in.position(in.position() + Short.BYTES + length);
        return isAscii(bytes, start, length)
                ? new String(bytes, start, length, StandardCharsets.US_ASCII)
                : new DataInputStream(new ByteArrayInputStream(bytes, start - Short.BYTES, Short.BYTES + length))
                        .readUTF();
    }

    private static boolean isAscii(byte[] bytes, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
