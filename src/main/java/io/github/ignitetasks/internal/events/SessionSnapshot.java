package io.github.ignitetasks.internal.events;

import java.util.List;
import java.util.Map;

/**
 * A snapshot of a session and its nodes.
 *
 * @param pending the numbers of tasks that have not ended, by name; at most as many names as {@link TaskCounts} has
 * @param nodes the reports of the nodes; a node that did not answer is missing
 */
public record SessionSnapshot(Map<String, PendingCounts> pending, List<NodeReport> nodes) {
    /** Copies the collections. */
    public SessionSnapshot {
        pending = Map.copyOf(pending);
        nodes = List.copyOf(nodes);
    }

    /**
     * The numbers of tasks that have not ended.
     *
     * @param waiting how many wait for upstreams
     * @param queued how many are on their way to a slot, or wait for one
     * @param running how many run
     * @param retrying how many wait for their next attempt
     */
    public record PendingCounts(long waiting, long queued, long running, long retrying) {}
}
