package io.github.ignitetasks.internal.node;

import java.util.HashMap;
import java.util.Map;
import org.apache.ignite.IgniteCluster;
import org.apache.ignite.cluster.ClusterGroup;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * How a node says that it has this library: by an attribute, whose value is the protocol of what nodes and sessions send
 * each other. A server without it is given nothing of this library, neither calls nor records.
 */
public final class Protocol {
    /** The attribute: an {@code Integer}. */
    public static final String ATTRIBUTE = "ignitetasks.protocol";

    /** What this version of the library speaks. */
    public static final Integer VERSION = 1;

    private Protocol() {}

    /** Has a node that is about to start say so, unless it already says something under that name. */
    static void announce(IgniteConfiguration configuration) {
        Map<String, Object> attributes = new HashMap<>();
        if (configuration.getUserAttributes() != null) {
            attributes.putAll(configuration.getUserAttributes());
        }
        attributes.putIfAbsent(ATTRIBUTE, VERSION);
        configuration.setUserAttributes(attributes);
    }

    /** Returns whether a node is a server that has the library. */
    public static boolean isSpokenBy(ClusterNode node) {
        Object version = node.attribute(ATTRIBUTE);
        return !node.isClient() && VERSION.equals(version);
    }

    /** Returns the servers of a grid that have the library, at any time. */
    public static ClusterGroup servers(IgniteCluster cluster) {
        return cluster.forServers().forAttribute(ATTRIBUTE, VERSION);
    }
}
