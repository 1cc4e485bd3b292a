package io.github.ignitetasks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point in time until which a wait in several steps may last. */
final class Deadline {
    private final long start = System.nanoTime();
    private final long nanos;

    private Deadline(Duration timeout) {
        this.nanos = TimeUnit.NANOSECONDS.convert(timeout);
    }

    /** Returns the deadline that lies so far ahead; three centuries stand for all that is longer. */
    static Deadline in(Duration timeout) {
        return new Deadline(timeout);
    }

    /** Returns the time left, zero once it has passed. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - (System.nanoTime() - start)));
    }
}
