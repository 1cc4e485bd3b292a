package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An attempt at a task that failed, so that the task ran again. Its failure is text alone. Times are from the clock of
 * the node that ran it. Immutable, safe to share.
 *
 * @param number the number of the attempt, from 1
 * @param startTime when the attempt started
 * @param endTime when the attempt failed
 * @param node the name of the node that ran it; {@code local} on a local runner
 * @param failure what it failed with
 */
public record FailedAttempt(int number, Instant startTime, Instant endTime, String node, Failure failure)
        implements Serializable {
    private static final int MAX_KEPT = 10;
    private static final int MAX_TYPE = 200;
    private static final int MAX_MESSAGE = 500;
    private static final int MAX_STACK_TRACE = 1_000;

    /** Checks the values. */
    public FailedAttempt {
        requireNonNull(startTime, "startTime");
        requireNonNull(endTime, "endTime");
        requireNonNull(node, "node");
        requireNonNull(failure, "failure");
    }

    /**
     * Returns all failed attempts of a task that has ended: those of its state, and the last one if the task is Failed.
     * The list has the latest 10 of them, oldest first. Of each failure it has 500 characters of the message, and the
     * first 1,000 characters of the stack trace.
     */
    public static List<FailedAttempt> allOf(State<?> state) {
        List<FailedAttempt> earlier = requireNonNull(state, "state").failedAttempts();
        if (!(state instanceof State.Failed<?> failed)) {
            return earlier;
        }
        List<FailedAttempt> all = new ArrayList<>(earlier);
        all.add(new FailedAttempt(
                state.attempt(), state.startTime(), state.endTime(), state.node(), shortened(failed.cause())));
        return List.copyOf(all.subList(Math.max(0, all.size() - MAX_KEPT), all.size()));
    }

    private static Failure shortened(Failure failure) {
        return Failure.ofText(
                cut(failure.type(), MAX_TYPE),
                cut(failure.message(), MAX_MESSAGE),
                cut(failure.stackTrace(), MAX_STACK_TRACE));
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length; // keeps pairs whole
        return text.substring(0, end) + "...";
    }
}
