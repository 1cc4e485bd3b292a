package io.github.ignitetasks.internal.codec;

import java.io.ByteArrayInputStream;

/** Bytes that one thread reads: without the lock that the JDK's takes for each of the many pieces of a short object. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // that is what it is for
final class UnlockedInput extends ByteArrayInputStream {
    private static final byte[] NONE = {};

    /** Begins with none. */
    UnlockedInput() {
        super(NONE);
    }

    /** Goes on with other bytes, from an index. */
    void take(byte[] bytes, int start) {
        buf = bytes;
        pos = start;
        count = bytes.length;
    }

    @Override
    public int read() {
        return pos < count ? Byte.toUnsignedInt(buf[pos++]) : -1;
    }

    @Override
    public int read(byte[] target, int start, int length) {
        int available = Math.min(length, count - pos);
        if (available <= 0) {
            return super.read(target, start, length); // knows what there is to return
        }
        System.arraycopy(buf, pos, target, start, available);
        pos += available;
        return available;
    }
}
