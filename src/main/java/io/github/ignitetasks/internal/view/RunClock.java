package io.github.ignitetasks.internal.view;

import java.time.Instant;

/** The clock of a run: when it started, and how {@link System#nanoTime()} maps to the time of day. Safe to share. */
final class RunClock {
    private final long startedMillis = System.currentTimeMillis();
    private final long startedNanos = System.nanoTime();

    /**
     * A moment of the run.
     *
     * @param millis the time of day, in milliseconds since the epoch
     * @param elapsed how many milliseconds of the run had passed, whatever became of the time of day
     */
    record Moment(long millis, long elapsed) {}

    /** Returns this moment. */
    Moment now() {
        return new Moment(System.currentTimeMillis(), elapsedMillis(System.nanoTime()));
    }

    /** Returns when the run started, in milliseconds since the epoch. */
    long startedMillis() {
        return startedMillis;
    }

    /** Returns how many milliseconds of the run had passed at a {@link System#nanoTime()}. */
    long elapsedMillis(long nanoTime) {
        return (nanoTime - startedNanos) / 1_000_000;
    }

    /** Returns a recent {@link System#nanoTime()} as microseconds since the epoch. */
    static long micros(long nanoTime) {
        return micros(Instant.now()) - (System.nanoTime() - nanoTime) / 1_000;
    }

    /** Returns a time as microseconds since the epoch. */
    static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
