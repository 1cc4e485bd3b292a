package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.NearData;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.compat.Causes;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.node.Protocol;
import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.NodeResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.cluster.ClusterTopologyException;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router of a session's calls. It passes each call to the dispatcher with the owner of its key, follows a key to
 * the node that runs it, and sends the calls of lost nodes again. While the grid is lost, the {@link ConnectionState}
 * holds the calls.
 *
 * <p>Safe to share between threads; does not block.
 */
final class CallRouter {
    private static final Logger LOG = LoggerFactory.getLogger(CallRouter.class);

    private final String session;
    private final GridAccess grid;
    private final Timer timer;
    private final Dispatcher dispatcher;
    private final ConnectionState connectionState;
    private final OtherVersions otherVersions;

    private volatile boolean closed;

    /**
     * Makes a router.
     *
     * @param session the name of the session, for the log
     * @param timer delays calls
     * @param patience how long a call waits for a node that has what it requires
     * @param events gets the sent calls, and feeds the dispatcher's estimate
     */
    CallRouter(String session, GridAccess grid, Timer timer, Duration patience, EventStream events) {
        this.session = session;
        this.grid = grid;
        this.timer = timer;
        this.dispatcher = new Dispatcher(this, new OwnerFirst(), this::newQueue, timer, patience, events);
        this.connectionState = new ConnectionState(session, grid, this, timer);
        this.otherVersions = new OtherVersions(session);
    }

    private NodeQueue newQueue(ClusterNode node) {
        return new NodeQueue(new NodeConnection(grid, this, node), grid.slotsOf(node));
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    ConnectionState connectionState() {
        return connectionState;
    }

    /** Returns whether the session has closed; later replies have no effect then. */
    boolean isClosed() {
        return closed;
    }

    /** Returns the calls that have not ended, by place. */
    List<PendingCalls> pendingCalls() {
        List<PendingCalls> all = dispatcher.pendingCalls();
        all.add(connectionState.pendingCalls());
        return all;
    }

    /** Adds all servers that the session can use, and warns of those with another version of the library. */
    void meetServers() {
        grid.servers().forEach(dispatcher::onJoined);
        otherVersions.warnOf(grid.ignite().cluster().forServers().nodes());
    }

    /** Handles a node that joins the grid. */
    void onJoined(ClusterNode node) {
        if (closed || connectionState.isOn()) {
            return; // meetServers() adds it when the grid is back
        }
        otherVersions.warnOf(List.of(node));
        if (!Protocol.isSpokenBy(node)) {
            return;
        }
        try {
            dispatcher.onJoined(node);
        } catch (RuntimeException e) { // it is added when the grid is back
            LOG.debug("{} cannot use node {} now", session, node.id(), e);
        }
    }

    /** Handles a node that leaves the grid. */
    void onLeft(ClusterNode node) {
        dispatcher.links().stream()
                .filter(link -> link.node().id().equals(node.id()))
                .findFirst()
                .ifPresent(link -> onLost(link, new ClusterTopologyException("the node has left the grid")));
    }

    /**
     * Passes a call to the dispatcher, with the owner of its key. Without an owner it retries later; without a grid it
     * holds the call.
     */
    void send(PreparedGridCall<?> call) {
        if (connectionState.takes(call)) {
            return;
        }
        try {
            ClusterNode owner = grid.records().primary(call.request().key());
            if (owner == null && grid.servers().isEmpty()) {
                connectionState.beginWithoutServers();
                sendLater(call);
            } else if (owner == null || !grid.isAlive(owner.id())) {
                sendLater(call);
            } else if (call.request().skipped()) {
                dispatcher.addApart(owner, call);
            } else if (call.nearData().isPresent()) {
                sendNear(call.nearData().get(), call);
            } else if (call.isBound()) {
                dispatcher.addRestricted(call);
            } else {
                dispatcher.add(owner, call);
            }
        } catch (RuntimeException e) {
            onUnsent(call, e);
        }
    }

    private void sendNear(NearData data, PreparedGridCall<?> call) {
        ClusterNode place = new DataPlaces(grid).nodeOf(data);
        if (place == null || !grid.isAlive(place.id())) {
            sendLater(call);
        } else if (!new NodeResources(place).has(call.requirements())) {
            crash(
                    call.future(),
                    Failure.ofText(
                            "",
                            "the node with " + data + " does not have what the task requires, " + call.requirements()
                                    + "; " + new NodeResources(place).describe(call.requirements()),
                            ""));
        } else if (Protocol.isSpokenBy(place)) {
            dispatcher.addBound(place, call);
        } else {
            crash(
                    call.future(),
                    new IllegalStateException("node " + place.consistentId() + ", which has " + data
                            + ", does not have this version of the library"));
        }
    }

    /** Sends a call after a delay, which grows each time. */
    void sendLater(PreparedGridCall<?> call) {
        timer.after(ClientTimings.REROUTE.delayAfter(call.future().countResend()), () -> send(call));
    }

    /** Asks a node about a key that runs there; if the node is gone, the router sends the call again. */
    private void join(UUID node, PreparedGridCall<?> call) {
        try {
            ClusterNode alive = grid.ignite().cluster().node(node);
            if (alive == null) {
                sendLater(call);
            } else {
                dispatcher.addApart(alive, call.with(call.request().ofKeyThatRuns()));
            }
        } catch (RuntimeException e) {
            onUnsent(call, e);
        }
    }

    private void onUnsent(PreparedGridCall<?> call, RuntimeException problem) {
        if (connectionState.isCauseOf(problem)) {
            connectionState.begin();
            sendLater(call);
        } else {
            crash(call.future(), problem);
        }
    }

    /** Handles the update of a call that was sent. */
    void onUpdate(PreparedGridCall<?> call, CallUpdate update) {
        if (update instanceof CallUpdate.Told told) {
            call.future().complete(told);
        } else if (update instanceof CallUpdate.Elsewhere elsewhere) {
            call.future().onMayHaveRun();
            join(elsewhere.node(), call);
        } else if (update instanceof CallUpdate.Missing missing) {
            new ExpiredUpstreams(grid)
                    .putBack(missing.upstreams(), call, () -> send(call), problem -> onUnsent(call, problem));
        }
    }

    /** Sends the calls of a lost node again. */
    void onLost(NodeConnection link, RuntimeException problem) {
        if (closed) {
            return;
        }
        List<OrphanedCall> left = dispatcher.onLost(link);
        if (connectionState.isCauseOf(problem)) {
            if (!left.isEmpty()) { // otherwise all its calls were taken back before
                connectionState.begin();
                left.forEach(connectionState::hold);
            }
            return;
        }
        if (left.isEmpty()) {
            LOG.debug("{} lost node {}", session, link.nodeName(), problem);
            return;
        }
        boolean gone = isGone(link.node(), problem);
        LOG.warn(
                "{} lost node {} with {} tasks under way: {}",
                session,
                link.nodeName(),
                left.size(),
                problem.toString());
        for (OrphanedCall each : left) {
            if (gone) {
                PreparedGridCall<?> call = each.afterDeath();
                call.future().takeBack(call).ifPresent(this::sendLater);
            } else {
                crash(each.preparedCall().future(), problem);
            }
        }
    }

    /** Returns whether a node is gone. Either the exception shows it, or the grid, which may learn it later. */
    boolean isGone(ClusterNode node, RuntimeException problem) {
        return Causes.have(problem, ClusterTopologyException.class)
                || connectionState.isCauseOf(problem)
                || !grid.isAlive(node.id());
    }

    /** Completes a future whose call the grid could not be asked to run. */
    void crash(GridFuture<?> future, RuntimeException problem) {
        crash(future, Failure.of(problem).because("the grid could not be asked to run it"));
    }

    /** Completes a future as Crashed. */
    static <R extends @Nullable Object> void crash(GridFuture<R> future, Failure failure) {
        future.complete(new State.Crashed<>(failure, ExecutionInfo.neverRan(future.node())));
    }

    /** Stops handling replies, and starts to tell the nodes that the session is over. */
    List<IgniteFuture<Void>> close() {
        closed = true;
        connectionState.close();
        List<IgniteFuture<Void>> goodbyes = new ArrayList<>();
        dispatcher.links().forEach(link -> link.leave().ifPresent(goodbyes::add));
        return goodbyes;
    }
}
