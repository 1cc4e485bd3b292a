package io.github.ignitetasks.cluster;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.node.JvmOpens;
import io.github.ignitetasks.internal.node.NodeAttributes;
import io.github.ignitetasks.internal.node.NodeSettings;
import io.github.ignitetasks.internal.process.NodeLauncher;
import io.github.ignitetasks.internal.process.NodesInChildJvms;
import io.github.ignitetasks.internal.process.NodesInThisJvm;
import io.github.ignitetasks.internal.tls.NodeTls;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a cluster on this machine, and a factory that starts it. Other machines cannot reach the cluster.
 * Immutable and safe for use by many threads.
 *
 * <p>By default the nodes accept only each other and the runners to which this program passes the running cluster. If
 * other processes join the cluster by its address, both sides need a {@link Tls} that you provide.
 *
 * <p>A node in a process of its own gets this JVM's class path, its system properties, and the JVM options that Ignite
 * needs. Its output goes to this JVM's log. It stops at the latest when this JVM ends, even if this JVM is killed. If a
 * node dies earlier, the cluster replaces it.
 *
 * <pre>{@code
 * try (Cluster cluster = LocalCluster.builder().nodes(2).slotsPerNode(4).build().start();
 *         TaskSession session = IgniteTaskRunner.builder().cluster(cluster).build().start()) {
 *     session.submit("square-7", () -> 49).result();
 * }
 * }</pre>
 *
 * <p>A factory that is named by this class takes these settings as options: {@code nodes=4}, {@code processes=false},
 * {@code slotsPerNode=2}, {@code memoryPerNode=512m}, {@code attributes=zone=a,rack=r7}, {@code resources=gpu=2}.
 * <p>Two objects are equal if all their settings are.
 *
 * @see LocalClusterBuilder the meanings and defaults
 */
public final class LocalCluster implements ClusterFactory {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The largest number of nodes. Each node is a process or has as many threads as one. */
    static final int MOST_NODES = 1_024;

    /** The largest number of slots. Each running call occupies a thread. */
    static final int MOST_SLOTS = 65_536;

    private static final long LEAST_MEMORY = 256L << 20;

    private final int nodes;
    private final boolean processes;
    private final int slotsPerNode;
    private final long memoryPerNode;
    private final Tls tls;
    private final NodeAttributes declared;

    LocalCluster(LocalClusterBuilder builder) {
        this.nodes = checkNumber("nodes", builder.nodes, MOST_NODES);
        this.processes = builder.processes;
        this.slotsPerNode = checkNumber("slotsPerNode", builder.slots(), MOST_SLOTS);
        this.memoryPerNode = builder.memoryPerNode == 0 ? 0 : checkMemory(builder.memoryPerNode);
        this.tls = requireNonNull(builder.tls, "tls");
        this.declared = requireNonNull(builder.declared, "declared");
        if (memoryPerNode != 0 && !processes) {
            throw new IllegalArgumentException("memoryPerNode cannot be combined with processes=false: nodes in"
                    + " this JVM share its memory; leave one of them out");
        }
    }

    /** Creates the default settings. */
    public LocalCluster() {
        this(builder());
    }

    /** Returns a new builder. */
    public static LocalClusterBuilder builder() {
        return new LocalClusterBuilder();
    }

    /**
     * Starts a cluster with these settings.
     *
     * @throws IllegalStateException if the cluster cannot be started; the message gives the reason and the last output
     *     of the process
     */
    public Cluster start() {
        JvmOpens.ensure();
        return RunningLocalCluster.start(nodes, launcher());
    }

    @Override
    public Cluster start(Map<String, String> options) {
        LocalClusterBuilder changed = LocalClusterBuilder.of(this);
        options.forEach(changed::option);
        return changed.build().start();
    }

    /** Returns the number of nodes at the start. */
    public int nodes() {
        return nodes;
    }

    /** Returns whether each node is a process of its own; otherwise all nodes run in this JVM. */
    public boolean processes() {
        return processes;
    }

    /** Returns the number of tasks that a node runs at a time, whatever the sessions set. */
    public int slotsPerNode() {
        return slotsPerNode;
    }

    /** Returns the number of bytes that a node may use for tasks and records; with 0, Java and Ignite choose. */
    public long memoryPerNode() {
        return memoryPerNode;
    }

    /**
     * Returns the TLS of the nodes and of the runners that join them. With {@link Tls#none}, each start generates
     * credentials that only this cluster has.
     */
    public Tls tls() {
        return tls;
    }

    /** Returns the attributes of each node, by name, without the resources. */
    public Map<String, String> attributes() {
        return declared.attributes();
    }

    /** Returns how much each node has of the resources, by name. */
    public Map<String, Integer> resources() {
        return declared.resources();
    }

    NodeAttributes declared() {
        return declared;
    }

    private NodeLauncher launcher() {
        NodeSettings settings = NodeSettings.withSlots(slotsPerNode)
                .with(tls.equals(Tls.none()) ? NodeTls.oneTime() : tls.nodeTls())
                .with(declared);
        if (!processes) {
            return new NodesInThisJvm(settings);
        }
        if (memoryPerNode == 0) {
            return new NodesInChildJvms(settings, List.of());
        }
        long recordBytes = memoryPerNode / 4;
        return new NodesInChildJvms(settings.with(recordBytes), List.of("-Xmx" + (memoryPerNode - recordBytes)));
    }

    static int checkNumber(String setting, int value, int most) {
        if (value < 1) {
            throw new IllegalArgumentException(setting + " must be 1 or more, but is " + value);
        }
        if (value > most) {
            throw new IllegalArgumentException(setting + " must be " + most + " or less, but is " + value);
        }
        return value;
    }

    static long checkMemory(long bytes) {
        if (bytes < LEAST_MEMORY) {
            throw new IllegalArgumentException(
                    "memoryPerNode must be " + LEAST_MEMORY + " bytes (256m) or more, but is " + bytes);
        }
        return bytes;
    }

    /** Checks settings that were read. */
    @Serial
    private Object readResolve() {
        return new LocalCluster(LocalClusterBuilder.of(this));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocalCluster that
                && nodes == that.nodes
                && processes == that.processes
                && slotsPerNode == that.slotsPerNode
                && memoryPerNode == that.memoryPerNode
                && tls.equals(that.tls)
                && declared.equals(that.declared);
    }

    @Override
    public int hashCode() {
        return Objects.hash(nodes, processes, slotsPerNode, memoryPerNode, tls, declared);
    }

    @Override
    public String toString() {
        return "LocalCluster[nodes=" + nodes + ", processes=" + processes + ", slotsPerNode=" + slotsPerNode
                + ", memoryPerNode=" + memoryPerNode + ", tls=" + tls
                + ", attributes=" + attributes() + ", resources=" + resources() + "]";
    }
}
