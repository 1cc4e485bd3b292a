package io.github.ignitetasks.internal.events;

import java.util.List;

/**
 * What the servers of a grid look like at one moment.
 *
 * @param nodes what the servers report
 * @param silent the names of the servers that are there and did not answer
 */
public record GridLook(List<NodeReport> nodes, List<String> silent) {
    /** Copies the collections. */
    public GridLook {
        nodes = List.copyOf(nodes);
        silent = List.copyOf(silent);
    }
}
