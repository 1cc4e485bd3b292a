package io.github.ignitetasks.ignite;

import java.util.Collection;
import java.util.UUID;
import org.apache.ignite.IgniteCluster;
import org.apache.ignite.cluster.ClusterNode;

/**
 * The nodes that a grid had, by its memory of its last changes.
 *
 * @param cluster the grid
 */
record PastNodes(IgniteCluster cluster) {

    /** Returns what people know a node by, live or not: its name and id; the id alone if the grid has forgotten it. */
    String name(UUID id) {
        Collection<ClusterNode> nodes = cluster.nodes();
        for (long version = cluster.topologyVersion(); nodes != null && version > 0; version--) {
            for (ClusterNode node : nodes) {
                if (node.id().equals(id)) {
                    return node.consistentId() + " (" + id + ")";
                }
            }
            nodes = cluster.topology(version);
        }
        return id.toString();
    }
}
