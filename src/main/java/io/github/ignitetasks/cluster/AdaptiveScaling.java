package io.github.ignitetasks.cluster;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * The settings by which a cluster adapts its size to its load. They have the meanings and defaults of Dask's adaptive
 * deployments.
 *
 * <p>The cluster estimates how many nodes its pending calls need from the mean run time so far. It grows at once, and
 * shrinks only after it has needed fewer nodes for a while. A retired node stops when its calls have completed and
 * other nodes have its records. Immutable and safe for use by many threads.
 *
 * @param minimum the smallest number of nodes, at least 1
 * @param maximum the largest number of nodes
 * @param interval the time between two checks of the load
 * @param targetDuration the time in which the cluster should complete its backlog; a shorter time needs more nodes
 * @param waitCount the number of successive checks that must find a node unneeded before it is retired
 * @see <a href="https://docs.dask.org/en/stable/adaptive.html">Dask: Adaptive Deployments</a>
 */
public record AdaptiveScaling(int minimum, int maximum, Duration interval, Duration targetDuration, int waitCount)
        implements Serializable {

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if a setting is out of its range; the message names it
     */
    public AdaptiveScaling {
        requireNonNull(interval, "interval");
        requireNonNull(targetDuration, "targetDuration");
        if (minimum < 1) {
            throw new IllegalArgumentException("minimum must be 1 or more, but is " + minimum);
        }
        if (maximum < minimum) {
            throw new IllegalArgumentException(
                    "maximum must be at least minimum, which is " + minimum + ", but is " + maximum);
        }
        checkPositive("interval", interval);
        checkPositive("targetDuration", targetDuration);
        if (waitCount < 1) {
            throw new IllegalArgumentException("waitCount must be 1 or more, but is " + waitCount);
        }
    }

    /**
     * Returns the settings to scale between two sizes, with the default interval of 1 second, target of 5 seconds and
     * wait count of 3.
     *
     * @throws IllegalArgumentException if {@code minimum} is less than 1, or {@code maximum} is less than {@code
     *     minimum}
     */
    public static AdaptiveScaling between(int minimum, int maximum) {
        return new AdaptiveScaling(minimum, maximum, Duration.ofSeconds(1), Duration.ofSeconds(5), 3);
    }

    private static void checkPositive(String setting, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(setting + " must be positive, but is " + value);
        }
    }
}
