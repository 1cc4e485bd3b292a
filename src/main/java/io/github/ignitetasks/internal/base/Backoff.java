package io.github.ignitetasks.internal.base;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The delays between the tries of a request that fails: capped exponential backoff with jitter. Each delay is twice the
 * one before, up to the cap. Then it is made up to a fifth shorter or longer at random, so that nodes that failed
 * together do not retry together.
 *
 * <p>Immutable, safe to share between threads.
 *
 * @param first the delay after the first failure, before jitter
 * @param cap the longest delay, before jitter
 */
public record Backoff(Duration first, Duration cap) {
    private static final double JITTER = 0.2;

    /** Checks that the first delay is positive, and that the cap is not shorter. */
    public Backoff {
        if (first.isZero() || first.isNegative()) {
            throw new IllegalArgumentException("the first delay must be positive, but is " + first);
        }
        if (cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("the cap must be the first delay or more, but is " + cap);
        }
    }

    /** Returns how long to wait after a number of failures, one or more. */
    public Duration delayAfter(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures must be 1 or more, but is " + failures);
        }
        double nanos = Math.min(Math.scalb((double) first.toNanos(), failures - 1), (double) cap.toNanos());
        return Duration.ofNanos((long) (nanos * ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER)));
    }
}
