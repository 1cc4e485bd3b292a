package io.github.ignitetasks.internal.events;

import java.util.List;

/**
 * A snapshot of the servers of a grid.
 *
 * @param nodes the reports of the servers
 * @param silent the names of the servers that did not answer
 */
public record GridSnapshot(List<NodeReport> nodes, List<String> silent) {
    /** Copies the collections. */
    public GridSnapshot {
        nodes = List.copyOf(nodes);
        silent = List.copyOf(silent);
    }
}
