package io.github.ignitetasks.cluster;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.node.NodeAttributes;
import io.github.ignitetasks.internal.node.NodeAttributesText;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A builder of {@link LocalCluster}. Each method checks its argument at once. Not safe for use by many threads. */
public final class LocalClusterBuilder {
    private static final int DEFAULT_NODES = 2;

    private static final Pattern MEMORY = Pattern.compile("(\\d{1,18})([kmg]?)");

    int nodes = DEFAULT_NODES;
    boolean processes = true;
    private @Nullable Integer slotsPerNode;
    long memoryPerNode;
    Tls tls = Tls.none();
    NodeAttributes declared = NodeAttributes.none();

    LocalClusterBuilder() {}

    static LocalClusterBuilder of(LocalCluster cluster) {
        LocalClusterBuilder builder = new LocalClusterBuilder();
        builder.nodes = cluster.nodes();
        builder.processes = cluster.processes();
        builder.slotsPerNode = cluster.slotsPerNode();
        builder.memoryPerNode = cluster.memoryPerNode();
        builder.tls = cluster.tls();
        builder.declared = cluster.declared();
        return builder;
    }

    /** Returns the number of slots that is set, or the default. */
    int slots() {
        return slotsPerNode == null ? Math.max(1, Runtime.getRuntime().availableProcessors() / nodes) : slotsPerNode;
    }

    /**
     * Sets the number of nodes at the start; 2 by default. With two nodes each record has two copies, so the death of
     * one node loses no record.
     *
     * @throws IllegalArgumentException if the number is less than 1 or more than 1,024
     */
    public LocalClusterBuilder nodes(int nodes) {
        this.nodes = LocalCluster.checkNumber("nodes", nodes, LocalCluster.MOST_NODES);
        return this;
    }

    /**
     * Sets whether each node is a process of its own; true by default. Otherwise all nodes run in this JVM. Separate
     * processes isolate tasks from the memory and the exit of this JVM, as a real grid does. Nodes in this JVM start
     * faster.
     */
    public LocalClusterBuilder processes(boolean processes) {
        this.processes = processes;
        return this;
    }

    /**
     * Sets how many tasks a node runs at a time, whatever the sessions set. By default the nodes share this machine's
     * processors equally.
     *
     * @throws IllegalArgumentException if the number is less than 1 or more than 65,536
     */
    public LocalClusterBuilder slotsPerNode(int slotsPerNode) {
        this.slotsPerNode = LocalCluster.checkNumber("slotsPerNode", slotsPerNode, LocalCluster.MOST_SLOTS);
        return this;
    }

    /**
     * Sets how much memory the process of a node may use for tasks and records. Three quarters limit its heap ({@code
     * -Xmx}). One quarter limits the records, which are off the heap. Java and Ignite need about 200 MiB more for
     * themselves. By default Java limits the heap to a quarter of the machine's memory, and Ignite limits the records
     * to a fifth.
     *
     * @param bytes the number of bytes, at least 256 MiB
     * @throws IllegalArgumentException if the number is less than 256 MiB
     */
    public LocalClusterBuilder memoryPerNode(long bytes) {
        this.memoryPerNode = LocalCluster.checkMemory(bytes);
        return this;
    }

    /**
     * Sets the TLS of all nodes, and of joining runners that set no other. By default each cluster generates a key when
     * it starts, and accepts only connections that have this key. Its nodes have the key, and so does each runner that
     * is given the running {@link Cluster}. Set this TLS if other processes join the cluster. The options of a named
     * factory cannot set it.
     *
     * @throws IllegalArgumentException if the nodes would not trust each other
     */
    public LocalClusterBuilder tls(Tls tls) {
        requireNonNull(tls, "tls").nodeTls().checkTrustsItself();
        this.tls = tls;
        return this;
    }

    /**
     * Sets an attribute of every node, also of those that replace others or are added. Tasks that are {@code
     * onNodes("zone", "a")} run on nodes with this attribute.
     *
     * @throws IllegalArgumentException if a text is blank or has a control character, or if the name starts with {@code
     *     ignitetasks.} or {@code org.apache.ignite.}
     */
    public LocalClusterBuilder attribute(String name, String value) {
        this.declared = declared.withAttribute(name, value);
        return this;
    }

    /**
     * Sets how much of a resource every node has, also those that replace others or are added. The tasks that run on a
     * node at a time never require more of it together.
     *
     * @param amount 1 or more
     * @throws IllegalArgumentException if the name is blank or has a control character, or if the amount is less than 1
     */
    public LocalClusterBuilder resource(String name, int amount) {
        this.declared = declared.withResource(name, amount);
        return this;
    }

    /**
     * Returns the settings.
     *
     * @throws IllegalArgumentException if {@code memoryPerNode} is set for nodes in this JVM
     */
    public LocalCluster build() {
        return new LocalCluster(this);
    }

    /** Sets a setting from its textual option. */
    void option(String name, String value) {
        switch (name) {
            case "nodes" -> nodes(number(name, value));
            case "processes" -> processes(flag(name, value));
            case "slotsPerNode" -> slotsPerNode(number(name, value));
            case "memoryPerNode" -> memoryPerNode(memory(name, value));
            case "attributes" -> declared = declared(name, value, NodeAttributesText::withAttributes);
            case "resources" -> declared = declared(name, value, NodeAttributesText::withResources);
            default ->
                throw new IllegalArgumentException("a local cluster has no option '" + name
                        + "'; there are nodes, processes, slotsPerNode, memoryPerNode, attributes, resources");
        }
    }

    private NodeAttributes declared(
            String option, String value, BiFunction<NodeAttributes, String, NodeAttributes> parser) {
        try {
            return parser.apply(declared, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + " cannot be '" + value + "': " + e.getMessage(), e);
        }
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " must be a whole number, but is '" + value + "'", e);
        }
    }

    private static boolean flag(String option, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(option + " must be true or false, but is '" + value + "'");
        };
    }

    private static long memory(String option, String value) {
        Matcher memory = MEMORY.matcher(value);
        if (!memory.matches()) {
            throw new IllegalArgumentException(
                    option + " must be a number of bytes, or of k, m or g as in 512m, but is '" + value + "'");
        }
        int shift = 10 * " kmg".indexOf(memory.group(2).isEmpty() ? " " : memory.group(2));
        try {
            return Math.multiplyExact(Long.parseLong(memory.group(1)), 1L << shift);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(option + " must be less than 2^63 bytes, but is '" + value + "'", e);
        }
    }
}
