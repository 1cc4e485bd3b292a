package io.github.ignitetasks.cluster;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.node.JvmOpens;
import io.github.ignitetasks.internal.node.NodeSettings;
import io.github.ignitetasks.internal.process.NodeLauncher;
import io.github.ignitetasks.internal.process.NodesInChildJvms;
import io.github.ignitetasks.internal.process.NodesInThisJvm;
import io.github.ignitetasks.internal.tls.NodeTls;
import java.util.List;
import java.util.Map;

/**
 * A cluster on this machine, reachable from it alone: the settings, and a factory that starts it. Immutable, safe to
 * share.
 *
 * <p>Its nodes let in nobody but each other and the runners that this program hands the running cluster. For other
 * processes to join it by its address, both sides need a {@link Tls} of yours.
 *
 * <p>Nodes in processes of their own have this JVM's class path, its system properties, and what Ignite needs of a JVM.
 * What they print goes to this JVM's log. They end at the latest with this JVM, however it ends, and one that dies before
 * is replaced.
 *
 * <pre>{@code
 * try (Cluster cluster = LocalCluster.builder().nodes(2).slotsPerNode(4).build().start();
 *         TaskSession session = IgniteTaskRunner.builder().cluster(cluster).build().start()) {
 *     session.submit("square-7", () -> 49).result();
 * }
 * }</pre>
 *
 * <p>As a factory that is named it takes these settings as options: {@code nodes=4}, {@code processes=false},
 * {@code slotsPerNode=2}, {@code memoryPerNode=512m}.
 *
 * @param nodes how many nodes it has at first
 * @param processes whether each node is a process of its own, or all are in this JVM
 * @param slotsPerNode how many tasks a node runs at a time, whatever sessions ask for
 * @param memoryPerNode how many bytes a node may use for tasks and records; 0 leaves it to Java and Ignite
 * @param tls with which nodes, and the runners that join them, know each other; with none, each start makes one that
 *     nobody else has
 * @see LocalClusterBuilder the meanings and defaults
 */
public record LocalCluster(int nodes, boolean processes, int slotsPerNode, long memoryPerNode, Tls tls)
        implements ClusterFactory {
    /** Each is a process, or as many threads. */
    static final int MOST_NODES = 1_024;

    /** Each call that runs takes a thread. */
    static final int MOST_SLOTS = 65_536;

    private static final long LEAST_MEMORY = 256L << 20;

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one is out of its range, or two do not go together; the message names them
     */
    public LocalCluster {
        requireNonNull(tls, "tls");
        checkNumber("nodes", nodes, MOST_NODES);
        checkNumber("slotsPerNode", slotsPerNode, MOST_SLOTS);
        if (memoryPerNode != 0) {
            checkMemory(memoryPerNode);
            if (!processes) {
                throw new IllegalArgumentException("memoryPerNode cannot be combined with processes=false: nodes in"
                        + " this JVM share its memory; leave one of them out");
            }
        }
    }

    /** Makes a cluster of the default settings. */
    public LocalCluster() {
        this(builder().build());
    }

    private LocalCluster(LocalCluster other) {
        this(other.nodes, other.processes, other.slotsPerNode, other.memoryPerNode, other.tls);
    }

    /** Returns a builder of settings. */
    public static LocalClusterBuilder builder() {
        return new LocalClusterBuilder();
    }

    /**
     * Starts a cluster of these settings.
     *
     * @throws IllegalStateException if it cannot be started; the message says why, with what a process printed last
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

    private NodeLauncher launcher() {
        NodeSettings settings =
                NodeSettings.withSlots(slotsPerNode).with(tls.equals(Tls.none()) ? NodeTls.oneTime() : tls.nodeTls());
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
}
