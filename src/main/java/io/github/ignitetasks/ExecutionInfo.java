package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;

/**
 * When and where a task's last attempt ran. Times are from the clock of the node that ran it. Immutable, safe to share.
 *
 * @param startTime when the attempt started; the end time if no attempt ever started
 * @param endTime when the state became final
 * @param node the name of the node that ran the attempt, or that decided the state if no attempt ran; {@code local} on
 *     a local runner
 * @param attempt the number of the attempt, from 1; 0 if no attempt ever started
 */
public record ExecutionInfo(Instant startTime, Instant endTime, String node, int attempt) implements Serializable {

    /** Checks the values. */
    public ExecutionInfo {
        requireNonNull(startTime, "startTime");
        requireNonNull(endTime, "endTime");
        requireNonNull(node, "node");
    }

    /** Returns the information of a task that ends now without having run; the given node decided its state. */
    public static ExecutionInfo neverRan(String node) {
        Instant now = Instant.now();
        return new ExecutionInfo(now, now, node, 0);
    }
}
