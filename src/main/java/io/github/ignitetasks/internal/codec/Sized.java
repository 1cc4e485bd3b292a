package io.github.ignitetasks.internal.codec;

import java.io.DataInput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;

/** Reads what is written with its size before it. A size that is not true costs no more memory than there are bytes. */
public final class Sized {
    private static final int CHUNK = 64 << 10;

    private Sized() {}

    /**
     * Reads a number of parts.
     *
     * @throws StreamCorruptedException if it is negative
     */
    public static int readCount(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new StreamCorruptedException("a number of parts is " + count);
        }
        return count;
    }

    /**
     * Reads bytes.
     *
     * @throws IOException if there are not so many
     */
    public static byte[] readBytes(DataInput in) throws IOException {
        int length = readCount(in);
        byte[] bytes = new byte[Math.min(length, CHUNK)];
        in.readFully(bytes);
        while (bytes.length < length) {
            int read = bytes.length;
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
            in.readFully(bytes, read, bytes.length - read);
        }
        return bytes;
    }
}
