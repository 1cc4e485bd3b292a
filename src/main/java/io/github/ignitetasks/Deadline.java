package io.github.ignitetasks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point in time at which a wait of several steps ends. Immutable, safe to share. */
final class Deadline {
    private final long start = System.nanoTime();
    private final long nanos;

    private Deadline(Duration timeout) {
        this.nanos = TimeUnit.NANOSECONDS.convert(timeout);
    }

    /**
     * Returns the deadline at this distance from now; a longer timeout than three centuries counts as three centuries.
     */
    static Deadline in(Duration timeout) {
        return new Deadline(timeout);
    }

    /** Returns the time left; zero once the deadline has passed. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - (System.nanoTime() - start)));
    }
}
