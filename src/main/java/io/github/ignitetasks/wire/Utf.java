package io.github.ignitetasks.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Short text as bytes, as {@link java.io.DataOutput#writeUTF} has them; that is quick where the text is ASCII. */
public final class Utf {
    private Utf() {}

    /**
     * Returns a text as bytes.
     *
     * @throws UncheckedIOException if it takes more than 65,535
     */
    public static byte[] write(String text) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(Short.BYTES + text.length());
            new DataOutputStream(bytes).writeUTF(text);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a text.
     *
     * @throws IOException if the bytes are not one's
     */
    public static String read(ByteBuffer in) throws IOException {
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
