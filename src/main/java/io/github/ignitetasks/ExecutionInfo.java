package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When and where a task's last attempt ran, and which attempts failed before. Times are from the clock of the node that
 * ran it. Immutable, safe to share.
 *
 * <p>Equality ignores {@code isCached}, which tells how a session came to know the state, and nothing of the run.
 *
 * @param startTime when the attempt started; the end time if no attempt ever started
 * @param endTime when the state became final
 * @param node the name of the node that ran the attempt, or that decided the state if no attempt ran; {@code local} on
 *     a local runner
 * @param attempt the number of the attempt, from 1; 0 if no attempt ever started
 * @param failedAttempts the attempts that failed before, see {@link State#failedAttempts()}
 * @param isCached whether the state was found, see {@link State#isCached()}
 */
public record ExecutionInfo(
        Instant startTime,
        Instant endTime,
        String node,
        int attempt,
        List<FailedAttempt> failedAttempts,
        boolean isCached)
        implements Serializable {

    /** Checks the values, and copies the list. */
    public ExecutionInfo {
        requireNonNull(startTime, "startTime");
        requireNonNull(endTime, "endTime");
        requireNonNull(node, "node");
        failedAttempts = List.copyOf(requireNonNull(failedAttempts, "failedAttempts"));
    }

    /** Makes the information of a task without failed attempts, whose state was not found. */
    public ExecutionInfo(Instant startTime, Instant endTime, String node, int attempt) {
        this(startTime, endTime, node, attempt, List.of(), false);
    }

    /** Returns the information of a task that ends now without having run; the given node decided its state. */
    public static ExecutionInfo neverRan(String node) {
        Instant now = Instant.now();
        return new ExecutionInfo(now, now, node, 0);
    }

    /** Returns this information with other failed attempts. */
    public ExecutionInfo withFailedAttempts(List<FailedAttempt> attempts) {
        return new ExecutionInfo(startTime, endTime, node, attempt, requireNonNull(attempts, "attempts"), isCached);
    }

    /** Returns this information for a state that was found. */
    public ExecutionInfo asCached() {
        return new ExecutionInfo(startTime, endTime, node, attempt, failedAttempts, true);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExecutionInfo that
                && startTime.equals(that.startTime)
                && endTime.equals(that.endTime)
                && node.equals(that.node)
                && attempt == that.attempt
                && failedAttempts.equals(that.failedAttempts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(startTime, endTime, node, attempt);
    }

    @Override
    public String toString() {
        return "ExecutionInfo[startTime=" + startTime + ", endTime=" + endTime + ", node=" + node + ", attempt="
                + attempt + (failedAttempts.isEmpty() ? "" : ", failedAttempts=" + failedAttempts)
                + (isCached ? ", isCached=true" : "") + "]";
    }
}
