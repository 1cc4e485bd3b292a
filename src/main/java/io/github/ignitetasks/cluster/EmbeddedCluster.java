package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.node.JvmOpens;
import java.util.Map;

/**
 * A cluster of one server node in this JVM, which is alone: it listens nowhere, so that no other process can reach it,
 * and it cannot grow. Its node has as many slots as sessions ask for.
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
