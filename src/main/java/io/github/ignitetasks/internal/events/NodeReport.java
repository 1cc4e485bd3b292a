package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.StateType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The report of one node about itself.
 *
 * @param slots how many calls it runs at a time
 * @param freeSlots how many of these are free
 * @param inFlight how many calls have reached it and not ended
 * @param node the name of the node; {@link #LOCAL} for a runner of this JVM
 * @param id the id of the node, which is another one after each start
 * @param time when it made the report, by its clock
 * @param heapUsed the used bytes of its heap
 * @param heapMax the largest size of its heap in bytes
 * @param cpu the share of all processors that its process uses, from 0 to 1; negative if unknown
 * @param records how many records it keeps, backups not counted; negative if unknown
 * @param memoryUsed how many bytes its default data region uses, which has the records; negative if unknown
 * @param byName the counts of the calls that reached it since its first call, by name; empty for a runner of this JVM,
 *     whose session counts them
 * @param activeCalls how many calls have started and not ended
 * @param calls those calls and the calls that are held up, the longest first; at most {@link #MAX_CALLS}, those in
 *     slots before others
 * @param failures the latest failures, the newest first; at most {@link #MAX_FAILURES}
 */
public record NodeReport(
        int slots,
        int freeSlots,
        int inFlight,
        String node,
        UUID id,
        Instant time,
        long heapUsed,
        long heapMax,
        double cpu,
        long records,
        long memoryUsed,
        Map<String, TaskCounts.Counts> byName,
        int activeCalls,
        List<ActiveCall> calls,
        List<RecentFailure> failures) {
    /** How many calls a report has at most: more than one session has on a node at a time. */
    public static final int MAX_CALLS = 4_096;

    /** How many failures a report has at most. */
    public static final int MAX_FAILURES = 20;

    /** The name of the only node of a runner of this JVM. */
    public static final String LOCAL = "local";

    /** Stands for an unknown number. */
    public static final long UNKNOWN = -1;

    /** Returns those of some calls that a report has, the longest first. It has calls in slots before others. */
    public static List<ActiveCall> longest(List<ActiveCall> calls) {
        Comparator<ActiveCall> longestFirst =
                Comparator.comparing(ActiveCall::elapsed).reversed();
        return calls.stream()
                .sorted(Comparator.comparing(ActiveCall::isInSlot).reversed().thenComparing(longestFirst))
                .limit(MAX_CALLS)
                .sorted(longestFirst)
                .toList();
    }

    /** Copies the collections. */
    public NodeReport {
        byName = Map.copyOf(byName);
        calls = List.copyOf(calls);
        failures = List.copyOf(failures);
    }

    /**
     * A call that ended without a result.
     *
     * @param key its key
     * @param name its name; empty if it has none
     * @param time when it ended
     * @param state how it ended
     * @param attempt the number of its last attempt
     * @param failure why
     */
    public record RecentFailure(String key, String name, Instant time, StateType state, int attempt, Failure failure) {}
}
