package io.github.ignitetasks.node;

import io.github.ignitetasks.internal.console.GridDashboard;
import io.github.ignitetasks.internal.node.NodeDrain;
import io.github.ignitetasks.internal.node.Protocol;
import io.github.ignitetasks.internal.node.SpringNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCluster;
import org.apache.ignite.IgniteState;
import org.apache.ignite.IgniteSystemProperties;
import org.apache.ignite.Ignition;
import org.apache.ignite.cluster.ClusterGroup;
import org.apache.ignite.cluster.ClusterState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node of this process, from its start until a signal or a failure stops it. */
final class ServingNode {
    private static final Logger LOG = LoggerFactory.getLogger(ServingNode.class);
    private static final int FAILED = 1;

    /** The value of activateAt that never activates the grid. */
    static final int NEVER = Integer.MAX_VALUE;

    private final SpringNode node;
    private final Duration grace;
    private final Optional<StatusFile> status;
    private final int activateAt;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final RepeatedStep refresh = new RepeatedStep("write its status file", this::refreshStatus);
    private final RepeatedStep narrow = new RepeatedStep("close files of records to other users", this::narrowFiles);
    private final RepeatedStep activate = new RepeatedStep("activate the grid", this::activateIfNew);

    private volatile Optional<GridDashboard> dashboard = Optional.empty();
    private boolean ending; // guarded by this

    private ServingNode(SpringNode node, Duration grace, Optional<StatusFile> status, int activateAt) {
        this.node = node;
        this.grace = grace;
        this.status = status;
        this.activateAt = activateAt;
    }

    /**
     * Starts a node, installs a shutdown hook that drains it after a signal, and starts its dashboard, if it has one.
     *
     * @throws IllegalStateException if the node cannot start, or its status file cannot be written; the message gives
     *     the reason
     */
    static ServingNode start(
            Supplier<SpringNode> start,
            Function<Ignite, Optional<GridDashboard>> startDashboard,
            Duration grace,
            Optional<StatusFile> status,
            int activateAt) {
        // Ignite's own hook would stop the node while tasks still run on it.
        System.setProperty(IgniteSystemProperties.IGNITE_NO_SHUTDOWN_HOOK, "true");
        status.ifPresent(StatusFile::checkWritable);
        ServingNode serving = new ServingNode(start.get(), grace, status, activateAt);
        Ignition.addListener(serving::onStateChange);
        Runtime.getRuntime().addShutdownHook(new Thread(serving::end, "end-of-node"));
        LOG.info(
                "node {} has joined; its grid has {} servers",
                serving.node.ignite().cluster().localNode().id(),
                Protocol.servers(serving.node.ignite().cluster()).nodes().size());
        serving.dashboard = startDashboard.apply(serving.node.ignite());
        return serving;
    }

    /** Serves until the node stops by itself, and returns the exit code. After a signal this method does not return. */
    int awaitEnd() throws InterruptedException {
        do {
            refresh.run();
            narrow.run();
            activate.run();
        } while (!stopped.await(StatusFile.INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        if (!isEnding()) {
            LOG.error("the node has stopped by itself, and the process ends with it");
        }
        return FAILED;
    }

    /**
     * Activates a new persistent grid. Such a grid starts to work only when it is activated, once, with all its
     * servers.
     */
    private void activateIfNew() {
        if (activateAt == NEVER || stopped.getCount() == 0) {
            return;
        }
        IgniteCluster cluster = node.ignite().cluster();
        ClusterGroup group = Protocol.servers(cluster);
        int servers = group.nodes().size();
        if (servers >= activateAt
                && group.forOldest().node().isLocal()
                && cluster.state() == ClusterState.INACTIVE
                && cluster.currentBaselineTopology() == null) {
            cluster.state(ClusterState.ACTIVE);
            LOG.info("the grid is activated, with {} servers that keep its records", servers);
        }
    }

    private synchronized void refreshStatus() throws IOException {
        if (!ending && status.isPresent()) {
            status.get().refresh();
        }
    }

    private void narrowFiles() throws IOException {
        if (stopped.getCount() > 0) {
            node.narrowFiles();
        }
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    private synchronized void endStatus() {
        ending = true;
        try {
            if (status.isPresent()) {
                status.get().delete();
            }
        } catch (IOException e) {
            LOG.error("the status file stays, and grows old, as it cannot be deleted: {}", e.toString());
        }
    }

    private void onStateChange(@Nullable String name, IgniteState state) {
        if (state != IgniteState.STARTED && Objects.equals(name, node.ignite().name())) {
            stopped.countDown();
        }
    }

    /** Stops the node. The shutdown hook calls this after a signal, or after the node has stopped by itself. */
    private void end() {
        endStatus();
        if (stopped.getCount() == 0) {
            node.close();
            dashboard.ifPresent(GridDashboard::close);
            return;
        }
        LOG.info("the node ends; tasks that run have {} to end", grace);
        try {
            if (!NodeDrain.drain(node.ignite(), grace)) {
                LOG.warn("some tasks still run after {}; they start again on other nodes", grace);
            }
            dashboard.ifPresent(GridDashboard::freeze);
            node.close();
            dashboard.ifPresent(GridDashboard::close);
            halt(0); // otherwise the exit code would be that of the signal
        } catch (RuntimeException e) {
            LOG.error("the node does not end well: {}", e.toString(), e);
            halt(FAILED);
        }
    }

    private static void halt(int exitCode) {
        Runtime.getRuntime().halt(exitCode);
    }
}
