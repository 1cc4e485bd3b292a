package io.github.ignitetasks.cluster;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.internal.lifecycle.JvmLifecycle;
import io.github.ignitetasks.internal.lifecycle.JvmLifecycle.Registration;
import io.github.ignitetasks.internal.lifecycle.JvmLifecycle.Stage;
import io.github.ignitetasks.internal.lifecycle.OpenResource;
import io.github.ignitetasks.internal.node.NodeThreads;
import io.github.ignitetasks.internal.process.LocalNode;
import io.github.ignitetasks.internal.process.NodeLauncher;
import io.github.ignitetasks.internal.process.ReplacementDelays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running cluster on this machine, which replaces a node that dies. Safe for use by many threads. */
final class RunningLocalCluster implements Cluster, OpenResource {
    private static final Logger LOG = LoggerFactory.getLogger(RunningLocalCluster.class);

    private final NodeLauncher launcher;

    /** The nodes, oldest first. */
    private final List<LocalNode> nodes = new CopyOnWriteArrayList<>();

    private final Lock changing = new ReentrantLock();
    private int wanted; // guarded by changing
    private volatile boolean closed;
    private volatile Registration registration = () -> {};

    private final ScheduledThreadPoolExecutor supervisor;
    private @Nullable Future<?> pending; // confined to the supervisor's thread
    private final ReplacementDelays delays; // confined to the supervisor's thread

    private RunningLocalCluster(NodeLauncher launcher, ReplacementDelays delays) {
        this.launcher = launcher;
        this.delays = delays;
        this.supervisor = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "ignite-tasks-replacements");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Starts a cluster of this many nodes. If the start fails, no node is left running. */
    static Cluster start(int nodes, NodeLauncher launcher) {
        return start(nodes, launcher, new ReplacementDelays());
    }

    /**
     * Starts a cluster of this many nodes and replaces dead nodes after these delays. If the start fails, no node is
     * left running.
     */
    static Cluster start(int nodes, NodeLauncher launcher, ReplacementDelays delays) {
        RunningLocalCluster cluster = new RunningLocalCluster(launcher, delays);
        try {
            cluster.registration = JvmLifecycle.register(Stage.NODES, cluster);
            cluster.scale(nodes);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    @Override
    public String address() {
        if (nodes.isEmpty()) {
            throw new IllegalStateException("the cluster has no node now: it is closed, or its nodes have died");
        }
        return nodes.stream().map(LocalNode::address).collect(joining(","));
    }

    @Override
    public Optional<Ignite> ignite() {
        return nodes.stream().findFirst().flatMap(LocalNode::ignite);
    }

    @Override
    public Tls tls() {
        return Tls.of(launcher.tls());
    }

    @Override
    public int nodes() {
        return nodes.size();
    }

    @Override
    public void scale(int target) {
        LocalCluster.checkNumber("nodes", target, LocalCluster.MOST_NODES);
        try {
            changing.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the cluster's size was changed", e);
        }
        try {
            if (closed) {
                throw new IllegalStateException("the cluster is closed");
            }
            launch(target - nodes.size());
            wanted = target;
            while (nodes.size() > target && !closed) {
                LocalNode youngest = nodes.get(nodes.size() - 1);
                if (nodes.remove(youngest)) {
                    youngest.retire();
                }
            }
        } finally {
            changing.unlock();
        }
    }

    /** Starts more nodes. The caller holds the lock. */
    private void launch(int count) {
        if (count <= 0) {
            return;
        }
        List<LocalNode> launched =
                launcher.launch(count, nodes.stream().map(LocalNode::address).toList(), this::onDeath);
        nodes.addAll(launched);
        launched.stream().filter(node -> !node.isAlive()).forEach(this::onDeath); // may have died before it was added
    }

    private void onDeath(LocalNode node) {
        if (nodes.remove(node) && !closed) {
            LOG.warn("node {} has died", node.address());
            supervisor.execute(this::replaceLater);
        }
    }

    private void replaceLater() {
        if (pending != null) {
            return; // the pending replacement covers all missing nodes
        }
        delays.next()
                .ifPresentOrElse(
                        delay -> pending = supervisor.schedule(this::replace, delay.toMillis(), TimeUnit.MILLISECONDS),
                        () -> LOG.error(
                                "nodes died too often, the last {} times in a row: none is replaced any more",
                                ReplacementDelays.MAX_IN_A_ROW));
    }

    private void replace() {
        pending = null;
        changing.lock();
        try {
            delays.replacing();
            if (!closed) {
                launch(wanted - nodes.size());
            }
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.warn("a node that died cannot be replaced yet", e);
                replaceLater();
            }
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        supervisor.shutdownNow();
        launcher.close();
        nodes.clear();
        registration.remove();
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
        return nodes.stream().flatMap(node -> node.ignite().stream()).anyMatch(node -> NodeThreads.isOf(node, thread));
    }

    @Override
    public String toString() {
        return "cluster of " + nodes.stream().map(LocalNode::address).toList();
    }
}
