package io.github.ignitetasks.internal.node;

import java.util.HashMap;
import java.util.Map;
import org.apache.ignite.IgniteCluster;
import org.apache.ignite.cluster.ClusterGroup;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * The protocol version of a node that has this library. A node publishes it as an attribute. It is the version of the
 * messages between nodes and sessions. A server without the attribute receives neither calls nor records.
 */
public final class Protocol {
    /** The attribute: an {@code Integer}. */
    public static final String ATTRIBUTE = "ignitetasks.protocol";

    /** The protocol version of this library version. */
    public static final Integer VERSION = 1;

    private Protocol() {}

    /** Adds the attribute to a node that is about to start, unless its configuration already sets it. */
    static void announce(IgniteConfiguration configuration) {
        Map<String, Object> attributes = new HashMap<>();
        if (configuration.getUserAttributes() != null) {
            attributes.putAll(configuration.getUserAttributes());
        }
        attributes.putIfAbsent(ATTRIBUTE, VERSION);
        configuration.setUserAttributes(attributes);
    }

    /** Returns whether a node is a server with the same protocol version. */
    public static boolean isSpokenBy(ClusterNode node) {
        Object version = node.attribute(ATTRIBUTE);
        return !node.isClient() && VERSION.equals(version);
    }

    /** Returns the servers of a grid that have the same protocol version. The group is dynamic. */
    public static ClusterGroup servers(IgniteCluster cluster) {
        return cluster.forServers().forAttribute(ATTRIBUTE, VERSION);
    }
}
