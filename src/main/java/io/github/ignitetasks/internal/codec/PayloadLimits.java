package io.github.ignitetasks.internal.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The limits of what reading a payload may cost.
 *
 * @param depth how deep objects may be nested
 * @param hashingSteps how many objects may be hashed while it is read, each as often as it is
 */
record PayloadLimits(int depth, long hashingSteps) {
    static final String DEPTH = "ignitetasks.maxDepth";
    static final String HASHING_STEPS = "ignitetasks.maxHashingSteps";

    private static final int DEFAULT_DEPTH = 20_000;

    /** Some 0.3 to 1 second. */
    private static final long DEFAULT_HASHING_STEPS = 1L << 28;

    private static final PayloadLimits DEFAULT = new PayloadLimits(DEFAULT_DEPTH, DEFAULT_HASHING_STEPS);

    /**
     * Returns the limits of this JVM, by its system properties.
     *
     * @throws IOException if a property is no number of that size
     */
    static PayloadLimits get() throws IOException {
        String depth = System.getProperty(DEPTH);
        String steps = System.getProperty(HASHING_STEPS);
        return depth == null && steps == null
                ? DEFAULT
                : new PayloadLimits(
                        (int) number(DEPTH, depth, DEFAULT_DEPTH, Integer.MAX_VALUE),
                        number(HASHING_STEPS, steps, DEFAULT_HASHING_STEPS, Long.MAX_VALUE));
    }

    /** Returns the limit of the depth, the usual one if the property is not right. */
    static long depthOrDefault() {
        try {
            return get().depth();
        } catch (IOException e) {
            return DEFAULT_DEPTH; // said to whoever writes or reads
        }
    }

    private static long number(String property, @Nullable String value, long otherwise, long most) throws IOException {
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value.strip());
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IOException("nothing can be written or read: system property " + property + " is '" + value
                + "', and must be a whole number from 1 to " + most);
    }
}
