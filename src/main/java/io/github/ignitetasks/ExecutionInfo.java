package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * When and where a task's last attempt ran, and which attempts failed before. Times are from the clock of the node that
 * ran it. Immutable, safe to share.
 *
 * @param startTime when the attempt started; the end time if no attempt ever started
 * @param endTime when the state became final
 * @param node the name of the node that ran the attempt, or that decided the state if no attempt ran; {@code local} on
 *     a local runner
 * @param attempt the number of the attempt, from 1; 0 if no attempt ever started
 * @param failedAttempts the attempts that failed before, see {@link State#failedAttempts()}
 */
public record ExecutionInfo(
        Instant startTime, Instant endTime, String node, int attempt, List<FailedAttempt> failedAttempts)
        implements Serializable {

    /** Checks the values, and copies the list. */
    public ExecutionInfo {
        requireNonNull(startTime, "startTime");
        requireNonNull(endTime, "endTime");
        requireNonNull(node, "node");
        failedAttempts = List.copyOf(requireNonNull(failedAttempts, "failedAttempts"));
    }

    /** Makes the information of a task without failed attempts. */
    public ExecutionInfo(Instant startTime, Instant endTime, String node, int attempt) {
        this(startTime, endTime, node, attempt, List.of());
    }

    /** Returns the information of a task that ends now without having run; the given node decided its state. */
    public static ExecutionInfo neverRan(String node) {
        Instant now = Instant.now();
        return new ExecutionInfo(now, now, node, 0);
    }

    /** Returns this information with other failed attempts. */
    public ExecutionInfo withFailedAttempts(List<FailedAttempt> attempts) {
        return new ExecutionInfo(startTime, endTime, node, attempt, requireNonNull(attempts, "attempts"));
    }

    @Override
    public String toString() {
        return "ExecutionInfo[startTime=" + startTime + ", endTime=" + endTime + ", node=" + node + ", attempt="
                + attempt + (failedAttempts.isEmpty() ? "" : ", failedAttempts=" + failedAttempts) + "]";
    }
}
