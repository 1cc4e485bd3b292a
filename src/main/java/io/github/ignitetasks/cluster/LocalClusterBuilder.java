package io.github.ignitetasks.cluster;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds the settings of a {@link LocalCluster}. Each method checks its argument at once. Not to be shared. */
public final class LocalClusterBuilder {
    private static final int DEFAULT_NODES = 2;

    private static final Pattern MEMORY = Pattern.compile("(\\d{1,18})([kmg]?)");

    private int nodes = DEFAULT_NODES;
    private boolean processes = true;
    private @Nullable Integer slotsPerNode;
    private long memoryPerNode;
    private Tls tls = Tls.none();

    LocalClusterBuilder() {}

    static LocalClusterBuilder of(LocalCluster cluster) {
        LocalClusterBuilder builder = new LocalClusterBuilder();
        builder.nodes = cluster.nodes();
        builder.processes = cluster.processes();
        builder.slotsPerNode = cluster.slotsPerNode();
        builder.memoryPerNode = cluster.memoryPerNode();
        builder.tls = cluster.tls();
        return builder;
    }

    /**
     * Sets how many nodes there are at first; 2 by default, so that there are two copies of each record, and the death of
     * a node loses none.
     *
     * @throws IllegalArgumentException if it is less than 1, or more than 1,024
     */
    public LocalClusterBuilder nodes(int nodes) {
        this.nodes = LocalCluster.checkNumber("nodes", nodes, LocalCluster.MOST_NODES);
        return this;
    }

    /**
     * Sets whether each node is a process of its own, or all are in this JVM; true by default, as tasks are then kept
     * apart from this JVM's memory and its end, as they are on a real grid. In this JVM nodes start faster.
     */
    public LocalClusterBuilder processes(boolean processes) {
        this.processes = processes;
        return this;
    }

    /**
     * Sets how many tasks a node runs at a time, whatever sessions ask for; by default this machine's processors are
     * shared between the nodes.
     *
     * @throws IllegalArgumentException if it is less than 1, or more than 65,536
     */
    public LocalClusterBuilder slotsPerNode(int slotsPerNode) {
        this.slotsPerNode = LocalCluster.checkNumber("slotsPerNode", slotsPerNode, LocalCluster.MOST_SLOTS);
        return this;
    }

    /**
     * Sets how much memory a process may use for tasks and records: three quarters bound its heap ({@code -Xmx}), one
     * quarter bounds the records, which are off the heap. What Java and Ignite need for themselves, about 200 MiB, comes
     * on top. By default Java and Ignite choose: up to a quarter of the machine's memory, and up to a fifth.
     *
     * @param bytes from 256 MiB
     * @throws IllegalArgumentException if that is less
     */
    public LocalClusterBuilder memoryPerNode(long bytes) {
        this.memoryPerNode = LocalCluster.checkMemory(bytes);
        return this;
    }

    /**
     * Sets the TLS of all nodes, and of runners that join them and have no other. By default each cluster makes a key when
     * it starts, and lets in only who has it: its nodes, and runners that are given the running {@link Cluster}. So set it
     * for other processes to join. It is no option of a factory that is named.
     *
     * @throws IllegalArgumentException if its nodes would not let each other in
     */
    public LocalClusterBuilder tls(Tls tls) {
        requireNonNull(tls, "tls").nodeTls().checkTrustsItself();
        this.tls = tls;
        return this;
    }

    /**
     * Returns the settings.
     *
     * @throws IllegalArgumentException if {@code memoryPerNode} is set for nodes in this JVM
     */
    public LocalCluster build() {
        int slots =
                slotsPerNode == null ? Math.max(1, Runtime.getRuntime().availableProcessors() / nodes) : slotsPerNode;
        return new LocalCluster(nodes, processes, slots, memoryPerNode, tls);
    }

    /** Sets what an option says. */
    void option(String name, String value) {
        switch (name) {
            case "nodes" -> nodes(number(name, value));
            case "processes" -> processes(flag(name, value));
            case "slotsPerNode" -> slotsPerNode(number(name, value));
            case "memoryPerNode" -> memoryPerNode(memory(name, value));
            default ->
                throw new IllegalArgumentException("a local cluster has no option '" + name
                        + "'; there are nodes, processes, slotsPerNode, memoryPerNode");
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
