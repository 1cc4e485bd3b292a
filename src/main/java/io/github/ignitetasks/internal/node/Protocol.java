package io.github.ignitetasks.internal.node;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.ignite.IgniteCluster;
import org.apache.ignite.cluster.ClusterGroup;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * The versions of this library that matter to others: of the messages between sessions and nodes, and of the records
 * that a grid keeps. docs/design/wire-format.md says when each is raised. A node publishes both as attributes.
 *
 * <p>A session uses the servers whose messages have its own version. Other servers receive neither calls nor records.
 */
public final class Protocol {
    /** The attribute with the version of the messages: an {@code Integer}. */
    public static final String ATTRIBUTE = "ignitetasks.protocol";

    /** The attribute with the version of the records: an {@code Integer}. A node without it has version 1. */
    public static final String RECORDS_ATTRIBUTE = "ignitetasks.records";

    /**
     * The version of the messages. It is also in the stored configuration of the record cache ({@link RecordCache}), so
     * a node with another version finds no records on its disk.
     */
    public static final Integer MESSAGES = 1;

    /** The latest version of records that this library reads, which is the version that it writes. */
    public static final Integer RECORDS = 1;

    private Protocol() {}

    /** Adds the attributes to a node that is about to start, except those that its configuration already sets. */
    static void announce(IgniteConfiguration configuration) {
        Map<String, Object> attributes = new HashMap<>();
        if (configuration.getUserAttributes() != null) {
            attributes.putAll(configuration.getUserAttributes());
        }
        attributes.putIfAbsent(ATTRIBUTE, MESSAGES);
        attributes.putIfAbsent(RECORDS_ATTRIBUTE, RECORDS);
        configuration.setUserAttributes(attributes);
    }

    /** Returns whether a node is a server whose messages have the same version. */
    public static boolean isSpokenBy(ClusterNode node) {
        return !node.isClient() && MESSAGES.equals(node.attribute(ATTRIBUTE));
    }

    /** Returns the servers of a grid whose messages have the same version. The group is dynamic. */
    public static ClusterGroup servers(IgniteCluster cluster) {
        return cluster.forServers().forAttribute(ATTRIBUTE, MESSAGES);
    }

    /** Returns the version of a node's messages; empty if the node does not have this library. */
    public static Optional<Integer> messagesOf(ClusterNode node) {
        Object version = node.attribute(ATTRIBUTE);
        return version instanceof Integer number ? Optional.of(number) : Optional.empty();
    }

    /** Returns the version of the records that a node with this library writes. */
    public static int recordsOf(ClusterNode node) {
        Object version = node.attribute(RECORDS_ATTRIBUTE);
        return version instanceof Integer number ? number : 1;
    }
}
