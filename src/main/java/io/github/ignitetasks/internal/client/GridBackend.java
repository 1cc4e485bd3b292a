package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.internal.base.Deadline;
import io.github.ignitetasks.internal.connect.Load;
import io.github.ignitetasks.internal.connect.OpenGrid;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.execution.NamedThreads;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.node.NodeThreads;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.RemoveState;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.session.Backend;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.session.PreparedCall;
import io.github.ignitetasks.internal.worker.Membership;
import io.github.ignitetasks.internal.worker.NodeWorker;
import io.github.ignitetasks.internal.worker.SessionSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the calls of a session on the nodes of a grid. Safe to share between threads. */
public final class GridBackend implements Backend {
    private static final Logger LOG = LoggerFactory.getLogger(GridBackend.class);

    private final String name;
    private final OpenGrid opened;

    /** The key of the task whose context has the session; null for other sessions. */
    private final @Nullable String runningKey;

    /** The single thread that handles answers and events of the grid; it never blocks. */
    private final ExecutorService inbox;

    private final GridAccess grid;
    private final Timer timer;
    private final CallRouter router;
    private final StoredStates states;
    private final Membership membership;
    private final CallPreparation preparation = new CallPreparation(this);

    /** Ends the users of the grid. */
    private volatile Runnable companion = () -> {};

    /**
     * Makes a backend. Blocks on the grid.
     *
     * @param name the name of the session, for the log and for threads
     * @param opened the grid, which the backend closes
     * @param settings the settings of the session for nodes
     * @param patience the age at which calls without progress are reported, and those are refused that no node can run
     * @param events gets the sent calls
     */
    public GridBackend(String name, OpenGrid opened, SessionSettings settings, Duration patience, EventStream events) {
        this(name, opened, settings, patience, events, null);
    }

    private GridBackend(
            String name,
            OpenGrid opened,
            SessionSettings settings,
            Duration patience,
            EventStream events,
            @Nullable String runningKey) {
        this.name = name;
        this.opened = opened;
        this.runningKey = runningKey;
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
        this.grid = new GridAccess(opened.ignite(), new AsyncGrid(inbox), settings);
        this.timer = new Timer(name);
        this.router = new CallRouter(name, grid, timer, patience, events);
        this.states = new StoredStates(grid, router.connectionState());
        this.membership = Membership.listen(grid.ignite(), inbox, router::onJoined, router::onLeft);
        router.meetServers();
        new Watchdog(name, router::pendingCalls, timer, patience).start();
    }

    /** Makes the backend of the session that a running task has, on the node that runs it. Blocks on the grid. */
    static GridBackend ofTask(String key, OpenGrid opened, SessionSettings settings, EventStream events) {
        return new GridBackend("task-" + key, opened, settings, Watchdog.INTERVAL, events, key);
    }

    /** Sets an action that ends the session's users before the grid is closed. */
    public void closeWith(Runnable end) {
        companion = end;
    }

    /** Returns the load that the session puts on the grid. */
    public Load load() {
        return router.dispatcher();
    }

    /** Returns the grid. */
    GridAccess grid() {
        return grid;
    }

    /** Returns the router of the calls. */
    CallRouter router() {
        return router;
    }

    /** Returns the states that the grid keeps and the session does not. */
    StoredStates states() {
        return states;
    }

    @Override
    public <R extends @Nullable Object> PreparedCall<R> prepare(
            KeyedSession session, String key, TaskCall<R> call, CallOptions options) {
        if (key.equals(runningKey)) {
            throw new IllegalArgumentException("task '" + key + "' cannot submit its own key by the session of its"
                    + " context, which waits for its tasks; use another key");
        }
        return preparation.prepare(session, key, call, options);
    }

    @Override
    public <R extends @Nullable Object> Optional<PreparedCall<R>> prepareFound(KeyedSession session, String key) {
        long inline = grid.settings().inlineResultBytes();
        return states.record(key)
                .map(record -> StateRecord.toSend(record, inline))
                .map(record -> new FoundKey<>(new GridFuture<R>(key, session, this, states.origin()), record));
    }

    /**
     * A call reaches its own session only through a static field, in a node of this JVM, because nodes deserialize
     * calls.
     */
    @Override
    public boolean runs(KeyedFuture<?> future, RunningCall call) {
        return NodeWorker.runsInThisJvm(grid.id(), call);
    }

    @Override
    public Optional<State<?>> find(String key) {
        return states.find(key);
    }

    @Override
    public List<NodeReport> nodeReports(Collection<KeyedFuture<?>> pending) {
        return new NodeReportQuery(grid.ignite()).reports(grid.servers());
    }

    @Override
    public Optional<String> stackOf(KeyedFuture<?> future) {
        return new NodeReportQuery(grid.ignite()).stackOf(future.key(), grid.servers());
    }

    @Override
    public boolean isConnected() {
        return !router.connectionState().isOn();
    }

    @Override
    public Timer timer() {
        return timer;
    }

    @Override
    public int partitionsOf(String cache) {
        return new DataPlaces(grid).affinity(cache).partitions();
    }

    @Override
    public KeyStatus status(String key) {
        return new KeyStatusQuery(grid.ignite(), grid.records()).at(key);
    }

    @Override
    public void remove(Collection<? extends KeyedFuture<?>> ended) throws InterruptedException {
        SortedMap<String, RemoveState> meant = new TreeMap<>(); // one order, so that two releases never deadlock
        for (KeyedFuture<?> future : ended) {
            meant.put(future.key(), RemoveState.of(((GridFuture<?>) future).record()));
        }
        new RecordRelease(grid.records()).remove(meant);
    }

    @Override
    public boolean remove(String key) throws InterruptedException {
        return new RecordRelease(grid.records()).remove(new TreeMap<>(Map.of(key, RemoveState.any()))) > 0;
    }

    /** A lost grid cannot record that a call was cancelled, so close does not wait for that. */
    @Override
    public Duration cancelTimeout() {
        return router.connectionState().isOn() ? Duration.ZERO : CANCEL_TIMEOUT;
    }

    @Override
    public boolean owns(Thread thread) {
        return opened.own() && NodeThreads.isOf(grid.ignite(), thread);
    }

    /** On a grid that outlives this JVM, started calls go on, and the grid drops the others. */
    @Override
    public boolean leaveRunning(List<KeyedFuture<?>> pending) {
        if (opened.temporary()) {
            return false;
        }
        Failure failure = Failure.ofText(
                "",
                "this JVM shut down before the task had ended; if it had started on the grid it goes on there: submit its"
                        + " key again to share its result",
                "");
        // latest first: a dependent must not be recorded as NotReady because this session leaves
        pending.forEach(future -> CallRouter.crash((GridFuture<?>) future, failure));
        return true;
    }

    @Override
    public void close() {
        companion.run();
        sayGoodbye();
        opened.close();
        timer.close();
        inbox.shutdownNow();
    }

    /** Tells the nodes that the session is over; a node that misses this notices it by itself. */
    private void sayGoodbye() {
        try {
            List<IgniteFuture<Void>> goodbyes = router.close();
            membership.close();
            Deadline deadline = Deadline.in(ClientTimings.GOODBYE);
            for (IgniteFuture<Void> goodbye : goodbyes) {
                goodbye.get(Math.max(1, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
            }
        } catch (RuntimeException e) {
            LOG.debug("{} could not say goodbye to all nodes", name, e);
        }
    }
}
