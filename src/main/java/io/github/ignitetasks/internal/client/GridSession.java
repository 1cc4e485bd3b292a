package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.RunningCall;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.internal.compat.Causes;
import io.github.ignitetasks.internal.connect.OpenGrid;
import io.github.ignitetasks.internal.execution.NamedThreads;
import io.github.ignitetasks.internal.execution.Slots;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.node.NodeThreads;
import io.github.ignitetasks.internal.node.Protocol;
import io.github.ignitetasks.internal.node.SafeNode;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.RemoveState;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.session.PreparedCall;
import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.ClientSession;
import io.github.ignitetasks.internal.worker.Membership;
import io.github.ignitetasks.internal.worker.NodeWorker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteClientDisconnectedException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.cluster.ClusterTopologyException;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session whose calls run on the nodes of a grid. */
public final class GridSession extends KeyedSession {
    private static final Logger LOG = LoggerFactory.getLogger(GridSession.class);

    /**
     * How long the session waits after losing a node before it sends calls again. The grid needs a moment to know the
     * new owners.
     */
    private static final Duration REROUTE_DELAY = Duration.ofMillis(100);

    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(2);

    private final OpenGrid grid;
    private final int slots;
    private final Duration timeToLive;

    /** The single thread that handles answers and events of the grid; it never blocks. */
    private final ExecutorService inbox;

    private final AsyncGrid asyncGrid;
    private final CallPreparation preparation = new CallPreparation(this);
    private final Timer timer;
    private final Dispatcher dispatch;
    private final ConnectionState connectionState;
    private final StoredStates states;
    private final Membership membership;

    /** The grid since the session's node joined it, or reconnected to it. */
    private volatile Connection connection;

    /** Ends the users of the session. */
    private volatile Runnable companion = () -> {};

    private volatile boolean over;

    /** Makes a session; calls without progress are reported after the given patience. */
    public GridSession(String name, OpenGrid grid, int slots, Duration timeToLive, Duration patience) {
        super(name);
        this.grid = grid;
        this.connection = Connection.of(grid.ignite());
        this.slots = slots;
        this.timeToLive = timeToLive;
        this.inbox = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamedThreads(name + "-inbox"),
                (late, pool) -> {
                    // a late answer to a question of a session that is over
                });
        this.asyncGrid = new AsyncGrid(inbox);
        this.timer = new Timer(name);
        this.dispatch = new Dispatcher(this, this::newQueue, timer);
        this.connectionState = new ConnectionState(this, name, timer);
        this.states = new StoredStates(this, connectionState);
        this.membership = Membership.listen(ignite(), inbox, this::onJoined, this::onLeft);
        meetServers();
        new Watchdog(name, this::pendingCalls, timer, patience).start();
        closeWithJvm();
    }

    private List<PendingCalls> pendingCalls() {
        List<PendingCalls> all = dispatch.pendingCalls();
        all.add(connectionState.pendingCalls());
        return all;
    }

    /** Looks up the grid that the session's node has joined. Blocks on the grid. */
    void connect() {
        connection = Connection.of(ignite());
    }

    /** Adds all servers that have the library. */
    void meetServers() {
        Protocol.servers(ignite().cluster()).nodes().forEach(dispatch::onJoined);
    }

    /** Sets an action that ends the session's users before the grid is closed. */
    public void closeWith(Runnable end) {
        companion = end;
    }

    private NodeQueue newQueue(ClusterNode node) {
        NodeConnection link = new NodeConnection(
                this, node, ignite().compute(ignite().cluster().forNode(node)));
        return new NodeQueue(link, slotsOf(node));
    }

    private void onJoined(ClusterNode node) {
        if (!Protocol.isSpokenBy(node) || over || connectionState.isOn()) {
            return;
        }
        try {
            dispatch.onJoined(node);
        } catch (RuntimeException e) { // it is added when the grid is back
            LOG.debug("{} cannot use node {} now", name(), node.id(), e);
        }
    }

    private void onLeft(ClusterNode node) {
        dispatch.links().stream()
                .filter(link -> link.node().id().equals(node.id()))
                .findFirst()
                .ifPresent(link -> onLost(link, new ClusterTopologyException("the node has left the grid")));
    }

    /** Returns how many slots a node has, as far as that is known before its first reply. */
    private int slotsOf(ClusterNode node) {
        Integer fixed = node.attribute(SafeNode.SLOTS_ATTRIBUTE);
        if (fixed != null) {
            return Math.min(fixed, Slots.MOST);
        }
        return slots > 0 ? slots : Math.max(1, node.metrics().getTotalCpus());
    }

    /** Returns the identity of this session for a node that it begins to use. */
    ClientSession newClientSession() {
        return new ClientSession(UUID.randomUUID(), connection.node(), slots, timeToLive);
    }

    /** Returns how many calls wait for the grid to come back. */
    int heldCalls() {
        return connectionState.calls();
    }

    /** Returns the records of the current grid. */
    Records records() {
        return connection.records();
    }

    /** Returns the states that the grid keeps and the session does not. */
    StoredStates states() {
        return states;
    }

    public Dispatcher dispatch() {
        return dispatch;
    }

    /** Returns the asynchronous access to the grid; answers continue on this session's own thread. */
    AsyncGrid asyncGrid() {
        return asyncGrid;
    }

    /** Returns whether the session has closed; later replies have no effect then. */
    boolean isOver() {
        return over;
    }

    boolean isAlive(UUID node) {
        try {
            return ignite().cluster().node(node) != null;
        } catch (IllegalStateException | IgniteClientDisconnectedException e) {
            LOG.debug("{}: this node has stopped or lost its grid", name(), e);
            return false;
        }
    }

    /** Returns whether a node is gone. Either the exception shows it, or the grid, which may learn it later. */
    boolean isGone(ClusterNode node, RuntimeException problem) {
        return Causes.have(problem, ClusterTopologyException.class)
                || connectionState.isCauseOf(problem)
                || !isAlive(node.id());
    }

    /** Returns the session's name for the log. */
    String label() {
        return name();
    }

    Ignite ignite() {
        return grid.ignite();
    }

    @Override
    protected <R extends @Nullable Object> PreparedCall<R> prepare(String key, TaskCall<R> call, CallOptions options) {
        return preparation.prepare(key, call, options);
    }

    /** Returns the id of the grid. */
    UUID gridId() {
        return connection.grid();
    }

    /**
     * Passes a call to the dispatcher, with the owner of its key. Without an owner it retries later; without a grid it
     * holds the call.
     */
    void send(PreparedGridCall<?> preparedCall) {
        if (connectionState.takes(preparedCall)) {
            return;
        }
        try {
            ClusterNode home = records().primary(preparedCall.call().key());
            if (home == null && Protocol.servers(ignite().cluster()).nodes().isEmpty()) {
                connectionState.beginWithoutServers();
                sendLater(preparedCall);
            } else if (home == null || !isAlive(home.id())) {
                sendLater(preparedCall);
            } else if (preparedCall.call().skipped()) {
                dispatch.addApart(home, preparedCall);
            } else {
                dispatch.add(home, preparedCall);
            }
        } catch (RuntimeException e) {
            onUnsent(preparedCall, e);
        }
    }

    /** Asks a node about a key that runs there; if the node is gone, the session sends the call again. */
    private void join(UUID node, PreparedGridCall<?> preparedCall) {
        try {
            ClusterNode alive = ignite().cluster().node(node);
            if (alive == null) {
                sendLater(preparedCall);
            } else {
                dispatch.addApart(alive, preparedCall);
            }
        } catch (RuntimeException e) {
            onUnsent(preparedCall, e);
        }
    }

    private void onUnsent(PreparedGridCall<?> preparedCall, RuntimeException problem) {
        if (connectionState.isCauseOf(problem)) {
            connectionState.begin();
            sendLater(preparedCall);
        } else {
            crash(preparedCall.future(), problem);
        }
    }

    /** Sends a call after a short delay. */
    void sendLater(PreparedGridCall<?> preparedCall) {
        timer.after(REROUTE_DELAY, () -> send(preparedCall));
    }

    /** Handles the update of a call. */
    void onEnd(PreparedGridCall<?> preparedCall, CallUpdate end) {
        if (end instanceof CallUpdate.Told told) {
            preparedCall.future().complete(told.record());
        } else if (end instanceof CallUpdate.Elsewhere elsewhere) {
            join(elsewhere.node(), preparedCall);
        } else if (end instanceof CallUpdate.Missing missing) {
            new ExpiredUpstreams(records(), timeToLive, asyncGrid)
                    .putBack(
                            missing.upstreams(),
                            preparedCall,
                            () -> send(preparedCall),
                            problem -> onUnsent(preparedCall, problem));
        }
    }

    @Override
    protected KeyStatus statusBeyond(String key) {
        return new KeyStatusQuery(ignite(), records()).at(key);
    }

    @Override
    protected Optional<State<?>> stateBeyond(String key) {
        return states.find(key);
    }

    @Override
    protected void giveUp(Collection<? extends KeyedFuture<?>> ended) throws InterruptedException {
        SortedMap<String, RemoveState> meant = new TreeMap<>(); // one order, so that two releases never deadlock
        for (KeyedFuture<?> future : ended) {
            meant.put(future.key(), RemoveState.of(((GridFuture<?>) future).record()));
        }
        new RecordRelease(records()).remove(meant);
    }

    @Override
    protected boolean giveUp(String key) throws InterruptedException {
        return new RecordRelease(records()).remove(new TreeMap<>(Map.of(key, RemoveState.any()))) > 0;
    }

    /** Sends the calls of a lost node again. */
    void onLost(NodeConnection link, RuntimeException problem) {
        if (over) {
            return;
        }
        List<OrphanedCall> left = dispatch.onLost(link);
        if (connectionState.isCauseOf(problem)) {
            if (!left.isEmpty()) { // otherwise all its calls were taken back before
                connectionState.begin();
                left.forEach(connectionState::hold);
            }
            return;
        }
        if (left.isEmpty()) {
            LOG.debug("{} lost node {}", name(), link.nodeName(), problem);
            return;
        }
        boolean gone = isGone(link.node(), problem);
        LOG.warn(
                "{} lost node {} with {} tasks under way: {}",
                name(),
                link.nodeName(),
                left.size(),
                problem.toString());
        for (OrphanedCall each : left) {
            if (gone) {
                sendLater(each.afterDeath());
            } else {
                crash(each.preparedCall().future(), problem);
            }
        }
    }

    /** Completes a future whose call the grid could not be asked to run. */
    <R extends @Nullable Object> void crash(GridFuture<R> future, RuntimeException problem) {
        crash(future, Failure.of(problem).because("the grid could not be asked to run it"));
    }

    /**
     * A call reaches its own session only through a static field, in a node of this JVM, because nodes deserialize
     * calls.
     */
    @Override
    protected boolean runs(RunningCall call) {
        return find(call.key()) != null && NodeWorker.runsInThisJvm(gridId(), call);
    }

    /** A lost grid cannot record that a call was cancelled, so close does not wait for that. */
    @Override
    protected Duration cancelTimeout() {
        return connectionState.isOn() ? Duration.ZERO : super.cancelTimeout();
    }

    @Override
    protected boolean owns(Thread thread) {
        return grid.own() && NodeThreads.isOf(ignite(), thread);
    }

    /** On a grid that outlives this JVM, started calls go on, and the grid drops the others. */
    @Override
    protected void endCalls() {
        if (grid.temporary()) {
            super.endCalls();
            return;
        }
        Failure failure = Failure.ofText(
                "",
                "this JVM shut down before the task had ended; if it had started on the grid it goes on there, and who"
                        + " submits its key again shares its result",
                "");
        // latest first: a dependent must not be recorded as NotReady because this session leaves
        pending().forEach(future -> crash((GridFuture<?>) future, failure));
    }

    private static <R extends @Nullable Object> void crash(GridFuture<R> future, Failure failure) {
        future.complete(new State.Crashed<>(failure, ExecutionInfo.neverRan(future.node())));
    }

    @Override
    protected void closeOpened() {
        over = true;
        companion.run();
        sayGoodbye();
        grid.close();
        timer.close();
        inbox.shutdownNow();
    }

    /** Tells the nodes that the session is over; a node that misses this notices it by itself. */
    private void sayGoodbye() {
        try {
            connectionState.close();
            membership.close();
            List<IgniteFuture<Void>> goodbyes = dispatch.links().stream()
                    .flatMap(link -> link.leave().stream())
                    .toList();
            long deadline = System.nanoTime() + LEAVE_TIMEOUT.toNanos();
            for (IgniteFuture<Void> goodbye : goodbyes) {
                goodbye.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (RuntimeException e) {
            LOG.debug("{} could not say goodbye to all nodes", name(), e);
        }
    }
}
