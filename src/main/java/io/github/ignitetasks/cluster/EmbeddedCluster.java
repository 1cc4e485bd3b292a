package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.node.JvmOpens;
import java.util.Map;

/**
 * A cluster of one server node in this JVM. The node does not listen, so no other process can reach it, and the cluster
 * cannot grow. The sessions determine how many slots the node has.
 */
public record EmbeddedCluster() implements ClusterFactory {

    @Override
    public Cluster start(Map<String, String> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("an embedded cluster has no options, but was given " + options.keySet());
        }
        JvmOpens.ensure();
        return EmbeddedNode.start();
    }
}
