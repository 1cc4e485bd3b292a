package io.github.ignitetasks.cluster;

import java.util.Map;

/**
 * A cluster of one server node in this JVM, reachable from this machine alone, which nobody finds by accident: it has
 * ports of its own, and looks for no others. Its nodes have as many slots as sessions ask for.
 *
 * @param tls what keeps others on this machine out
 */
public record EmbeddedCluster(Tls tls) implements ClusterFactory {

    /** Makes one without TLS. */
    public EmbeddedCluster() {
        this(Tls.none());
    }

    @Override
    public Cluster start(Map<String, String> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("an embedded cluster has no options, but was given " + options.keySet());
        }
        JvmOpens.check();
        return LocalNodes.start(1, new NodesInThisJvm(NodeSettings.withSlots(0).with(tls)));
    }
}
