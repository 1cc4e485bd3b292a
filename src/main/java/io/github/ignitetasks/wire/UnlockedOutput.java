package io.github.ignitetasks.wire;

import java.io.ByteArrayOutputStream;

/** Bytes that one thread writes: without the lock that the JDK's takes for each of the many pieces of a short object. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // that is what it is for
final class UnlockedOutput extends ByteArrayOutputStream {
    UnlockedOutput() {
        super(64);
    }

    @Override
    public void write(int value) {
        if (count == buf.length) {
            super.write(value); // makes room
        } else {
            buf[count++] = (byte) value;
        }
    }

    @Override
    public void write(byte[] source, int start, int length) {
        if (length > buf.length - count) {
            super.write(source, start, length); // makes room
        } else {
            System.arraycopy(source, start, buf, count, length);
            count += length;
        }
    }
}
