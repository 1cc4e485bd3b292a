package io.github.ignitetasks.cluster;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a cluster follows its load, with the meanings and defaults of Dask's adaptive deployments. It grows at once to
 * what the calls need that have not ended, by how long they took so far, and shrinks when it has needed less for a while;
 * a node is retired when what it runs has ended and other nodes have its records. Immutable, safe to share.
 *
 * @param minimum how many nodes it keeps, from 1
 * @param maximum how many nodes it may grow to
 * @param interval how often it looks at the load
 * @param targetDuration in what time the backlog should be done: sets how many nodes are wanted
 * @param waitCount for how many looks in a row a node must be unneeded before it is retired
 * @see <a href="https://docs.dask.org/en/stable/adaptive.html">Dask: Adaptive Deployments</a>
 */
public record AdaptiveScaling(int minimum, int maximum, Duration interval, Duration targetDuration, int waitCount)
        implements Serializable {

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names it
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

    /** Returns scaling between so many nodes: a look a second, a target of 5 seconds, 3 looks before retiring. */
    public static AdaptiveScaling between(int minimum, int maximum) {
        return new AdaptiveScaling(minimum, maximum, Duration.ofSeconds(1), Duration.ofSeconds(5), 3);
    }

    private static void checkPositive(String setting, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(setting + " must be positive, but is " + value);
        }
    }
}
