package io.github.ignitetasks.internal.connect;

import static java.util.stream.Collectors.toSet;

import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.internal.node.Quorum;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.BaselineNode;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.cluster.ClusterState;

/**
 * A grid that a session uses.
 *
 * @param ignite the node of the grid in this JVM
 * @param description a description for the log
 * @param own whether the node was started for the session
 * @param temporary whether the grid ends with the session
 * @param cluster the cluster of the servers, if it is known in this JVM
 * @param closer the action that closes whatever was opened for the session
 */
public record OpenGrid(
        Ignite ignite, String description, boolean own, boolean temporary, Optional<Cluster> cluster, Runnable closer) {

    /**
     * Checks that the grid can write records.
     *
     * @throws IllegalStateException if it cannot; the message gives the remedy
     */
    public void checkRecords() {
        ClusterState state = ignite.cluster().state();
        if (state != ClusterState.ACTIVE) {
            throw new IllegalStateException(
                    description + " is " + state + ", and records nothing until it is ACTIVE; " + howToActivate());
        }
        new Quorum(ignite).lack().ifPresent(lack -> {
            throw new IllegalStateException(description + " cannot be used: " + lack);
        });
    }

    private String howToActivate() {
        Collection<BaselineNode> baseline = ignite.cluster().currentBaselineTopology();
        if (baseline == null) {
            return "one that keeps records on disk is activated once, when all its servers have joined: by option"
                    + " --activate of the grid node, by ignite.cluster().state(ClusterState.ACTIVE), or by control.sh";
        }
        Set<Object> there = ignite.cluster().forServers().nodes().stream()
                .map(ClusterNode::consistentId)
                .collect(toSet());
        long missing = baseline.stream()
                .filter(node -> !there.contains(node.consistentId()))
                .count();
        return missing + " of its " + baseline.size()
                + " servers are missing; it becomes active when they join, or, with"
                + " what the others have, by ignite.cluster().state(ClusterState.ACTIVE) or control.sh";
    }

    public void close() {
        closer.run();
    }
}
