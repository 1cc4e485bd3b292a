package io.github.ignitetasks.internal.codec;

import java.io.IOException;
import java.io.Serial;

/** Says that an object takes more bytes than one may. */
final class TooLargeException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    TooLargeException(long bytes, int limit) {
        super("it takes " + megabytes(bytes) + " when it is written, over the limit of " + megabytes(limit)
                + "; split it, or store it elsewhere and pass on where it is");
    }

    private static String megabytes(long bytes) {
        long tenths = (bytes * 10) >> 20;
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " MB (" + bytes + " bytes)";
    }
}
