package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The retries of a task that Failed: how many, after which delays, and on which exceptions.
 *
 * <pre>{@code
 * Retries retries = Retries.exponential(5, Duration.ofMillis(100))
 *         .cap(Duration.ofSeconds(10))
 *         .jitter(0.2)
 *         .onlyOn(IllegalStateException.class);
 * }</pre>
 *
 * <p>A task that waits for its retry holds no slot. Without a condition each Failed attempt is retried. Conditions
 * apply to exceptions that the code throws; an attempt that exceeded its timeout is retried in any case.
 *
 * <p>Two objects are equal if all their settings are. Immutable; safe to share if the condition is.
 */
public final class Retries implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MAX_DELAYS = 1_000;
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
    private static final Retries NONE = new Retries(0, List.of(Duration.ZERO), 0, null);

    private final int number;

    /** The delays before the retries; the last one is that of all further retries. */
    @SuppressWarnings("serial") // an unmodifiable list of the JDK is serializable
    private final List<Duration> delays;

    private final double jitter;
    private final @Nullable Condition condition;

    private Retries(int number, List<Duration> delays, double jitter, @Nullable Condition condition) {
        if (number < 0) {
            throw new IllegalArgumentException("retries must be 0 or more, but is " + number);
        }
        for (Duration delay : delays) {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("retryDelay must be zero or more, but is " + delay);
            }
        }
        this.number = number;
        this.delays = List.copyOf(delays);
        this.jitter = jitter;
        this.condition = condition;
    }

    /** Returns the default: a Failed task does not run again. */
    public static Retries none() {
        return NONE;
    }

    /**
     * Returns retries with the same delay before each of them.
     *
     * @param number how often the task may run again, from 0
     * @throws IllegalArgumentException if an argument is negative
     */
    public static Retries fixed(int number, Duration delay) {
        if (number == 0 && requireNonNull(delay, "delay").isZero()) {
            return NONE; // as in most calls, which are read often
        }
        return of(number, List.of(requireNonNull(delay, "delay")), 0);
    }

    /**
     * Returns retries with these delays; all further retries have the last of them.
     *
     * @param number how often the task may run again, from 0
     * @param delays the delays, from 1 to 1,000
     * @param jitter the share by which delays are longer or shorter, see {@link #jitter(double)}
     * @throws IllegalArgumentException if an argument is outside its bounds, or a delay is negative
     */
    public static Retries of(int number, List<Duration> delays, double jitter) {
        requireNonNull(delays, "delays");
        if (delays.isEmpty() || delays.size() > MAX_DELAYS) {
            throw new IllegalArgumentException(
                    "delays must be 1 to " + MAX_DELAYS + ", but are " + delays.size() + "; the last one is repeated");
        }
        Retries retries = new Retries(number, delays, 0, null).jitter(jitter);
        return number == 0 ? NONE : retries;
    }

    /**
     * Returns as many retries as delays, each after its own delay.
     *
     * @throws IllegalArgumentException if a delay is negative, or there are more than 1,000
     */
    public static Retries delays(Duration... delays) {
        requireNonNull(delays, "delays");
        return delays.length == 0 ? NONE : of(delays.length, List.of(delays), 0);
    }

    /**
     * Returns retries of which each has twice the delay of the one before. Combine it with {@link #cap}.
     *
     * @param number how often the task may run again, from 0
     * @param first the delay before the first retry
     * @throws IllegalArgumentException if an argument is negative
     */
    public static Retries exponential(int number, Duration first) {
        requireNonNull(first, "first");
        if (first.isNegative()) {
            throw new IllegalArgumentException("first must be zero or more, but is " + first);
        }
        List<Duration> delays = new ArrayList<>(List.of(first));
        Duration last = first;
        while (delays.size() < number && !last.isZero() && last.compareTo(LONGEST.dividedBy(2)) < 0) {
            last = last.multipliedBy(2);
            delays.add(last);
        }
        return of(number, delays, 0);
    }

    /**
     * Returns these retries with delays of at most a duration.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public Retries cap(Duration longest) {
        requireNonNull(longest, "longest");
        if (longest.isNegative()) {
            throw new IllegalArgumentException("longest must be zero or more, but is " + longest);
        }
        return new Retries(
                number,
                delays.stream()
                        .map(delay -> delay.compareTo(longest) > 0 ? longest : delay)
                        .toList(),
                jitter,
                condition);
    }

    /**
     * Returns these retries with random delays, so that tasks that failed together do not run again together. Each
     * delay is longer or shorter by up to a share of it.
     *
     * @param share from 0 to 1: with 0.2, a delay of 10 s becomes 8 to 12 s
     * @throws IllegalArgumentException if the share is below 0 or above 1
     */
    public Retries jitter(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1, but is " + share);
        }
        return new Retries(number, delays, share, condition);
    }

    /**
     * Returns these retries for exceptions of these types alone, and of their subtypes. They replace an earlier
     * condition.
     *
     * @throws IllegalArgumentException if there are no types
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final Retries onlyOn(Class<? extends Throwable>... types) {
        requireNonNull(types, "types");
        if (types.length == 0) {
            throw new IllegalArgumentException(
                    "onlyOn needs one type at least; leave it out to retry on all exceptions");
        }
        return when(new OnlyOn(List.of(types)));
    }

    /**
     * Returns these retries for exceptions that meet a condition. It replaces an earlier condition. It is part of the
     * call: on a grid it is serialized with the call, and runs on the node. If it throws, the task is not retried.
     */
    public Retries when(Condition condition) {
        return new Retries(number, delays, jitter, requireNonNull(condition, "condition"));
    }

    /** Returns how often a task may run again after it Failed. */
    public int number() {
        return number;
    }

    /**
     * Returns the delay before a retry, which differs from call to call if there is jitter.
     *
     * @param retry the number of the retry, from 1
     */
    public Duration delay(int retry) {
        Duration delay = delays.get(Math.max(0, Math.min(retry, delays.size()) - 1));
        if (jitter == 0 || delay.isZero()) {
            return delay;
        }
        double factor = 1 + jitter * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        double nanos = Math.min(Long.MAX_VALUE, delay.toSeconds() * 1e9 + delay.toNanosPart()) * factor;
        return Duration.ofNanos((long) nanos);
    }

    /** Returns the delays before the retries, without jitter; the last one is that of all further retries. */
    public List<Duration> baseDelays() {
        return delays;
    }

    /** Returns the share by which delays are longer or shorter. */
    public double jitter() {
        return jitter;
    }

    /** Returns whether there is a condition on exceptions. */
    public boolean hasCondition() {
        return condition != null;
    }

    /**
     * Returns whether a task that threw an exception may run again. If the condition throws, it may not, and what the
     * condition threw is suppressed in the exception of the task.
     */
    @SuppressWarnings("CatchingUnchecked") // whatever the condition throws
    public boolean isOn(Throwable thrown) {
        requireNonNull(thrown, "thrown");
        try {
            return condition == null || condition.test(thrown);
        } catch (Throwable e) {
            if (e != thrown) {
                thrown.addSuppressed(e);
            }
            return false;
        }
    }

    /** Checks settings that were read. */
    @Serial
    private Object readResolve() {
        Retries read = of(number, delays, jitter);
        return condition == null ? read : read.when(condition);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Retries that
                && number == that.number
                && delays.equals(that.delays)
                && jitter == that.jitter
                && Objects.equals(condition, that.condition);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, delays, jitter, condition);
    }

    @Override
    public String toString() {
        return number + " retries after " + delays + (jitter == 0 ? "" : " ± " + jitter)
                + (condition == null ? "" : " " + condition);
    }

    /** Decides which exceptions are worth a retry. */
    @FunctionalInterface
    public interface Condition extends Serializable {
        /** Returns whether a task that threw this exception may run again. */
        boolean test(Throwable thrown);
    }

    private record OnlyOn(List<Class<? extends Throwable>> types) implements Condition {
        @Override
        public boolean test(Throwable thrown) {
            return types.stream().anyMatch(type -> type.isInstance(thrown));
        }

        @Override
        public String toString() {
            return Stream.of(types.toArray())
                    .map(type -> ((Class<?>) type).getSimpleName())
                    .toList()
                    .toString();
        }
    }
}
