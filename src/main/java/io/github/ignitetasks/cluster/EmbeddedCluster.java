package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.node.JvmOpens;
import java.io.Serial;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of one server node in this JVM. The node does not listen, so no other process can reach it, and the cluster
 * cannot grow. The sessions determine how many slots the node has. All objects of this class are equal. Immutable and
 * safe for use by many threads.
 */
public final class EmbeddedCluster implements ClusterFactory {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the settings. */
    public EmbeddedCluster() {}

    @Override
    public Cluster start(Map<String, String> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("an embedded cluster has no options, but was given " + options.keySet());
        }
        JvmOpens.ensure();
        return EmbeddedNode.start();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EmbeddedCluster;
    }

    @Override
    public int hashCode() {
        return EmbeddedCluster.class.hashCode();
    }

    @Override
    public String toString() {
        return "EmbeddedCluster[]";
    }
}
