package io.github.ignitetasks.internal.base;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A point in time at which a wait of several steps ends. Immutable, safe to share between threads.
 */
public final class Deadline {
    private final long start = System.nanoTime();
    private final long nanos;

    private Deadline(Duration timeout) {
        this.nanos = TimeUnit.NANOSECONDS.convert(timeout);
    }

    /**
     * Returns the deadline at this distance from now; a longer timeout than three centuries counts as three centuries.
     */
    public static Deadline in(Duration timeout) {
        return new Deadline(requireNonNull(timeout, "timeout"));
    }

    /** Returns the time left; zero once the deadline has passed. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanosLeft()));
    }

    /** Returns whether the deadline has passed. */
    public boolean hasPassed() {
        return nanosLeft() <= 0;
    }

    private long nanosLeft() {
        return nanos - (System.nanoTime() - start);
    }
}
