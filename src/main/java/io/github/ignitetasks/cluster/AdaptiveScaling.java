package io.github.ignitetasks.cluster;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings by which a cluster adapts its size to its load. They have the meanings and defaults of Dask's adaptive
 * deployments.
 *
 * <pre>{@code
 * AdaptiveScaling scaling = AdaptiveScaling.between(1, 10).withTargetDuration(Duration.ofSeconds(30));
 * }</pre>
 *
 * <p>The cluster estimates how many nodes its pending calls need from the mean run time so far. It grows at once, and
 * shrinks only after it has needed fewer nodes for a while. A retired node stops when its calls have completed and
 * other nodes have its records.
 *
 * <p>Two objects are equal if all their settings are. Immutable and safe for use by many threads.
 *
 * @see <a href="https://docs.dask.org/en/stable/adaptive.html">Dask: Adaptive Deployments</a>
 */
public final class AdaptiveScaling implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration TARGET_DURATION = Duration.ofSeconds(5);
    private static final int WAIT_COUNT = 3;

    private final int minimum;
    private final int maximum;
    private final Duration interval;
    private final Duration targetDuration;
    private final int waitCount;

    private AdaptiveScaling(int minimum, int maximum, Duration interval, Duration targetDuration, int waitCount) {
        if (minimum < 1) {
            throw new IllegalArgumentException("minimum must be 1 or more, but is " + minimum);
        }
        if (maximum < minimum) {
            throw new IllegalArgumentException(
                    "maximum must be at least minimum, which is " + minimum + ", but is " + maximum);
        }
        if (waitCount < 1) {
            throw new IllegalArgumentException("waitCount must be 1 or more, but is " + waitCount);
        }
        this.minimum = minimum;
        this.maximum = maximum;
        this.interval = checkPositive("interval", interval);
        this.targetDuration = checkPositive("targetDuration", targetDuration);
        this.waitCount = waitCount;
    }

    /**
     * Returns the settings to scale between two sizes, with the default interval of 1 second, target of 5 seconds and
     * wait count of 3.
     *
     * @param minimum the smallest number of nodes, at least 1
     * @param maximum the largest number of nodes
     * @throws IllegalArgumentException if {@code minimum} is less than 1, or {@code maximum} is less than {@code
     *     minimum}
     */
    public static AdaptiveScaling between(int minimum, int maximum) {
        return new AdaptiveScaling(minimum, maximum, INTERVAL, TARGET_DURATION, WAIT_COUNT);
    }

    /**
     * Returns these settings with another time between two checks of the load.
     *
     * @throws IllegalArgumentException if the interval is not positive
     */
    public AdaptiveScaling withInterval(Duration interval) {
        return new AdaptiveScaling(minimum, maximum, interval, targetDuration, waitCount);
    }

    /**
     * Returns these settings with another time in which the cluster should complete its backlog; a shorter time needs
     * more nodes.
     *
     * @throws IllegalArgumentException if the duration is not positive
     */
    public AdaptiveScaling withTargetDuration(Duration targetDuration) {
        return new AdaptiveScaling(minimum, maximum, interval, targetDuration, waitCount);
    }

    /**
     * Returns these settings with another number of successive checks that must find a node unneeded before it is
     * retired.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    public AdaptiveScaling withWaitCount(int waitCount) {
        return new AdaptiveScaling(minimum, maximum, interval, targetDuration, waitCount);
    }

    /** Returns the smallest number of nodes. */
    public int minimum() {
        return minimum;
    }

    /** Returns the largest number of nodes. */
    public int maximum() {
        return maximum;
    }

    /** Returns the time between two checks of the load. */
    public Duration interval() {
        return interval;
    }

    /** Returns the time in which the cluster should complete its backlog. */
    public Duration targetDuration() {
        return targetDuration;
    }

    /** Returns the number of successive checks that must find a node unneeded before it is retired. */
    public int waitCount() {
        return waitCount;
    }

    private static Duration checkPositive(String setting, Duration value) {
        requireNonNull(value, setting);
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(setting + " must be positive, but is " + value);
        }
        return value;
    }

    /** Checks settings that were read. */
    @Serial
    private Object readResolve() {
        return new AdaptiveScaling(minimum, maximum, interval, targetDuration, waitCount);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AdaptiveScaling that
                && minimum == that.minimum
                && maximum == that.maximum
                && interval.equals(that.interval)
                && targetDuration.equals(that.targetDuration)
                && waitCount == that.waitCount;
    }

    @Override
    public int hashCode() {
        return Objects.hash(minimum, maximum, interval, targetDuration, waitCount);
    }

    @Override
    public String toString() {
        return "AdaptiveScaling[minimum=" + minimum + ", maximum=" + maximum + ", interval=" + interval
                + ", targetDuration=" + targetDuration + ", waitCount=" + waitCount + "]";
    }
}
