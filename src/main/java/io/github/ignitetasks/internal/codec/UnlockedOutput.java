package io.github.ignitetasks.internal.codec;

import java.io.ByteArrayOutputStream;

/**
 * Bytes that one thread writes: without the lock that the JDK's takes for each of the many pieces of a short object. What
 * comes to more bytes than a limit is refused in the end; it is kept no longer once it needs more room.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // that is what it is for
final class UnlockedOutput extends ByteArrayOutputStream {
    private final int limit;

    /** How many bytes were written, once they are not kept; else 0. */
    private long dropped;

    UnlockedOutput(int limit) {
        super(64);
        this.limit = limit;
    }

    @Override
    public void write(int value) {
        if (count == buf.length) {
            grow(1);
            if (dropped == 0) {
                super.write(value); // makes room
            }
        } else {
            buf[count++] = (byte) value;
        }
    }

    @Override
    public void write(byte[] source, int start, int length) {
        if (length > buf.length - count) {
            grow(length);
            if (dropped == 0) {
                super.write(source, start, length); // makes room
            }
        } else {
            System.arraycopy(source, start, buf, count, length);
            count += length;
        }
    }

    /** Drops all, if with so many more bytes it is over the limit. */
    private void grow(int more) {
        if (dropped > 0) {
            dropped += more;
        } else if (more > limit - count) {
            dropped = (long) count + more;
            buf = new byte[0];
            count = 0;
        }
    }

    /**
     * Checks that what was written is within the limit.
     *
     * @throws TooLargeException if it was over the limit
     */
    void checkComplete() throws TooLargeException {
        if (dropped > 0 || count > limit) { // the room for the bytes may be larger than the limit
            throw new TooLargeException(dropped + count, limit);
        }
    }
}
