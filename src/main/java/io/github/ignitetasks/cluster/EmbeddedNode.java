package io.github.ignitetasks.cluster;

import io.github.ignitetasks.internal.folder.WorkFolder;
import io.github.ignitetasks.internal.lifecycle.JvmLifecycle;
import io.github.ignitetasks.internal.lifecycle.JvmLifecycle.Registration;
import io.github.ignitetasks.internal.lifecycle.JvmLifecycle.Stage;
import io.github.ignitetasks.internal.lifecycle.OpenResource;
import io.github.ignitetasks.internal.node.NodePlan;
import io.github.ignitetasks.internal.node.NodeSettings;
import io.github.ignitetasks.internal.node.NodeShutdown;
import io.github.ignitetasks.internal.node.NodeThreads;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server node in this JVM that forms a cluster alone and does not listen. Safe for use by many threads. */
final class EmbeddedNode implements Cluster, OpenResource {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedNode.class);

    private final Ignite node;
    private final WorkFolder work;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Registration registration;

    private EmbeddedNode(Ignite node, WorkFolder work) {
        this.node = node;
        this.work = work;
        this.registration = JvmLifecycle.register(Stage.NODES, this);
    }

    /**
     * Starts the node.
     *
     * @throws IllegalStateException if the node cannot start
     */
    static EmbeddedNode start() {
        LOG.info("starting a node in this JVM");
        WorkFolder work = WorkFolder.make();
        try {
            return new EmbeddedNode(NodePlan.startAlone(NodeSettings.withSlots(0), work), work);
        } catch (IgniteException e) {
            work.close();
            throw new IllegalStateException("cannot start a node in this JVM: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            work.close();
            throw e;
        }
    }

    /** Always throws, because no client can join this cluster. */
    @Override
    public String address() {
        throw new IllegalStateException(
                "an embedded cluster has no address, as its node is alone in this JVM and listens nowhere;"
                        + " start a LocalCluster for others to join");
    }

    @Override
    public boolean isJoinable() {
        return false;
    }

    @Override
    public Optional<Ignite> ignite() {
        return Optional.of(node);
    }

    @Override
    public int nodes() {
        return Ignition.state(node.name()) == IgniteState.STARTED ? 1 : 0;
    }

    @Override
    public void scale(int nodes) {
        if (nodes < 1) {
            throw new IllegalArgumentException("nodes must be 1 or more, but is " + nodes);
        }
        if (closed.get()) {
            throw new IllegalStateException("the cluster is closed");
        }
        if (nodes > 1) {
            throw new UnsupportedOperationException("an embedded cluster has one node, and cannot have " + nodes
                    + "; start a LocalCluster, with processes(false) for nodes in this JVM");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            NodeShutdown.stopAll(List.of(node));
            work.close();
            registration.remove();
        }
    }

    @Override
    public void onShutdown() {
        close();
    }

    /** Closes the cluster. All sessions that use it are closed before. */
    @Override
    public void onMainEnded() {
        LOG.warn("{} was left open at the end of main; it is closed. Close it by try-with-resources", this);
        close();
    }

    @Override
    public boolean owns(Thread thread) {
        return NodeThreads.isOf(node, thread);
    }

    @Override
    public String toString() {
        return "embedded cluster " + node.name();
    }
}
