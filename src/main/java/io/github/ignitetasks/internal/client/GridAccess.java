package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.execution.Slots;
import io.github.ignitetasks.internal.node.Protocol;
import io.github.ignitetasks.internal.node.SafeNode;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.worker.ClientSession;
import io.github.ignitetasks.internal.worker.SessionSettings;
import java.util.Collection;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteClientDisconnectedException;
import org.apache.ignite.IgniteCompute;
import org.apache.ignite.cluster.ClusterNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The grid of a session, as the session's node sees it: its records, its servers, and how to ask it. Safe to share
 * between threads.
 */
final class GridAccess {
    private static final Logger LOG = LoggerFactory.getLogger(GridAccess.class);

    private final Ignite ignite;
    private final AsyncGrid asyncGrid;
    private final SessionSettings settings;

    /** The grid since the node joined it, or reconnected to it. */
    private volatile Connection connection;

    /**
     * Looks up the grid of a node. Blocks on the grid.
     *
     * @param asyncGrid asks the grid, and continues on the session's own thread
     * @param settings the settings of the session for nodes
     */
    GridAccess(Ignite ignite, AsyncGrid asyncGrid, SessionSettings settings) {
        this.ignite = ignite;
        this.asyncGrid = asyncGrid;
        this.settings = settings;
        this.connection = Connection.of(ignite);
    }

    /** Looks up the grid again, after the node reconnected. Blocks on the grid. */
    void connect() {
        connection = Connection.of(ignite);
    }

    Ignite ignite() {
        return ignite;
    }

    /** Returns the asynchronous access to the grid; answers continue on the session's own thread. */
    AsyncGrid asyncGrid() {
        return asyncGrid;
    }

    /** Returns the records of the current grid. */
    Records records() {
        return connection.records();
    }

    /** Returns the id of the current grid. */
    UUID id() {
        return connection.grid();
    }

    /** Returns the settings of the session for nodes. */
    SessionSettings settings() {
        return settings;
    }

    /** Returns the identity of the session for a node that it begins to use. */
    ClientSession newClientSession() {
        return new ClientSession(UUID.randomUUID(), connection.node(), settings);
    }

    /** Returns the servers that have the library. */
    Collection<ClusterNode> servers() {
        return Protocol.servers(ignite.cluster()).nodes();
    }

    /** Returns the way to run jobs on one node. */
    IgniteCompute compute(ClusterNode node) {
        return ignite.compute(ignite.cluster().forNode(node));
    }

    /** Returns whether the grid has a node now. */
    boolean isAlive(UUID node) {
        try {
            return ignite.cluster().node(node) != null;
        } catch (IllegalStateException | IgniteClientDisconnectedException e) {
            LOG.debug("{}: this node has stopped or lost its grid", ignite.name(), e);
            return false;
        }
    }

    /** Returns how many slots a node has, as far as that is known before its first reply. */
    int slotsOf(ClusterNode node) {
        Integer fixed = node.attribute(SafeNode.SLOTS_ATTRIBUTE);
        if (fixed != null) {
            return Math.min(fixed, Slots.MOST);
        }
        return settings.slots() > 0
                ? settings.slots()
                : Math.max(1, node.metrics().getTotalCpus());
    }
}
