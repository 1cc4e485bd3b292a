package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.internal.json.JsonWriter;
import java.util.concurrent.atomic.AtomicLongArray;

/** The exact number of durations by length, in buckets of 1, 2 and 5 times a power of ten. Safe to share between threads. */
final class Histogram {
    private static final int DECADES = 9;

    /** The exclusive upper bounds in nanoseconds, from 10 µs to 5,000 s; the last bucket has none. */
    private static final long[] BOUNDS = bounds();

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 1);

    private static long[] bounds() {
        long[] bounds = new long[DECADES * 3];
        long power = 10_000;
        for (int i = 0; i < bounds.length; i += 3) {
            bounds[i] = power;
            bounds[i + 1] = 2 * power;
            bounds[i + 2] = 5 * power;
            power *= 10;
        }
        return bounds;
    }

    /** Counts a duration. */
    void add(long nanos) {
        int low = 0;
        int high = BOUNDS.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (nanos < BOUNDS[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        counts.getAndIncrement(low);
    }

    /** Writes the bounds in milliseconds and the counts; there is one count more than bounds. */
    void write(JsonWriter json) {
        json.array("bounds");
        for (long bound : BOUNDS) {
            json.value(bound / 1e6);
        }
        json.endArray().array("counts");
        for (int i = 0; i < counts.length(); i++) {
            json.value(counts.get(i));
        }
        json.endArray();
    }
}
