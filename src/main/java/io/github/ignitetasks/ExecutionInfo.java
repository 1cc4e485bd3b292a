package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;

/**
 * When and where a task's last attempt ran. Times are of the clock of the node that ran it.
 *
 * @param startTime when the attempt started; the end time where none ever did
 * @param endTime when the state became final
 * @param node the node that ran it, or, where none did, that decided the state; {@code local} in a local runner
 * @param attempt which attempt it was, from 1; 0 where none ever started
 */
public record ExecutionInfo(Instant startTime, Instant endTime, String node, int attempt) implements Serializable {

    /** Checks the values. */
    public ExecutionInfo {
        requireNonNull(startTime, "startTime");
        requireNonNull(endTime, "endTime");
        requireNonNull(node, "node");
    }

    /** Returns the information of a task that ends now, on that node, without ever having run. */
    public static ExecutionInfo neverRan(String node) {
        Instant now = Instant.now();
        return new ExecutionInfo(now, now, node, 0);
    }
}
