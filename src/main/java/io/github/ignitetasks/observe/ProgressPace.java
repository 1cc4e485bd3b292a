package io.github.ignitetasks.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * How fast tasks end, and how long the others will take. Tasks that were found do not count for the rate. Used by one
 * thread at a time.
 *
 * <p>The rate covers at least the latest {@value #LEAST_SECONDS} seconds and the latest {@value #LEAST_TASKS} tasks. So
 * long tasks that end in bursts do not make it jump.
 */
final class ProgressPace {
    private static final long LEAST_SECONDS = 30;
    private static final long LEAST_TASKS = 20;
    private static final int MAX_SAMPLES = 100;
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** The shortest time from which a rate is told, and for which nothing is submitted before the time left is told. */
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** The least number of ended tasks from which the time left is told. */
    private static final long SETTLED_TASKS = 3;

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final List<Sample> samples = new ArrayList<>();
    private ProgressNumbers latest = ProgressNumbers.NONE;
    private Sample now = new Sample(0, 0);
    private long grown;

    private record Sample(long nanos, long worked) {}

    /** Takes the numbers of a moment. */
    void add(ProgressNumbers numbers, long nanos) {
        boolean restarts = samples.isEmpty() || numbers.total() < latest.total() || numbers.worked() < now.worked;
        if (restarts) { // of several sessions, one has closed
            samples.clear();
        }
        if (restarts || numbers.total() != latest.total()) {
            grown = nanos;
        }
        latest = numbers;
        now = new Sample(nanos, numbers.worked());
        if (restarts || nanos - samples.get(samples.size() - 1).nanos >= SAMPLE_NANOS) {
            samples.add(now);
            forgetOld();
        }
    }

    private void forgetOld() {
        while (samples.size() > 1
                && now.nanos - samples.get(1).nanos >= TimeUnit.SECONDS.toNanos(LEAST_SECONDS)
                && now.worked - samples.get(1).worked >= LEAST_TASKS) {
            samples.remove(0);
        }
        if (samples.size() > MAX_SAMPLES) {
            for (int i = samples.size() - 2; i > 0; i -= 2) {
                samples.remove(i);
            }
        }
    }

    /** Returns how many tasks end per second; empty if it is not known yet. */
    OptionalDouble perSecond() {
        if (samples.isEmpty()) {
            return OptionalDouble.empty();
        }
        Sample first = samples.get(0);
        long nanos = now.nanos - first.nanos;
        long worked = now.worked - first.worked;
        return nanos < SETTLED_NANOS || worked == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(worked * NANOS_PER_SECOND / nanos);
    }

    /** Returns how long the pending tasks will take; empty if it is not known, or if there are none. */
    Optional<Duration> left() {
        OptionalDouble rate = perSecond();
        if (rate.isEmpty()
                || latest.pending() == 0
                || now.nanos - grown < SETTLED_NANOS
                || now.worked - samples.get(0).worked < SETTLED_TASKS) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds((long) Math.ceil(latest.pending() / rate.getAsDouble())));
    }
}
