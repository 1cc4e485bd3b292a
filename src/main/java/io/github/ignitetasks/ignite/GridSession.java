package io.github.ignitetasks.ignite;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.RunningCall;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.Trace;
import io.github.ignitetasks.session.Departure;
import io.github.ignitetasks.session.KeyedSession;
import io.github.ignitetasks.wire.CodeOrigin;
import io.github.ignitetasks.wire.ObjectWriter;
import io.github.ignitetasks.worker.NamedThreads;
import io.github.ignitetasks.worker.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteClientDisconnectedException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.cluster.ClusterTopologyException;
import org.apache.ignite.internal.util.typedef.X;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session whose calls run on the nodes of a grid. */
final class GridSession extends KeyedSession {
    private static final Logger LOG = LoggerFactory.getLogger(GridSession.class);

    /** How long after a node was lost its calls are sent again, as the grid needs a moment to know their new homes. */
    private static final Duration REROUTE_DELAY = Duration.ofMillis(100);

    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(2);

    private final OpenGrid grid;
    private final UUID gridId;
    private final Records records;
    private final Guest guest;
    private final ConcurrentMap<UUID, NodeLink> links = new ConcurrentHashMap<>();

    /** The one thread that deals with what comes from the grid; never blocks. */
    private final ExecutorService inbox;

    private final Timer rerouting;

    private volatile boolean over;

    GridSession(String name, OpenGrid grid, int slots, Duration timeToLive) {
        super(name);
        this.grid = grid;
        this.gridId = grid.ignite().cluster().id();
        this.records = Records.of(grid.ignite());
        this.guest = new Guest(UUID.randomUUID(), slots, timeToLive);
        this.inbox = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamedThreads(name + "-inbox"),
                (late, pool) -> {
                    // it answers a question of a session that is over
                });
        this.rerouting = new Timer(name);
    }

    Guest guest() {
        return guest;
    }

    /** Returns whether the session has closed, so that nobody waits for what still comes. */
    boolean isOver() {
        return over;
    }

    boolean isAlive(ClusterNode node) {
        try {
            return ignite().cluster().node(node.id()) != null;
        } catch (IllegalStateException | IgniteClientDisconnectedException e) {
            LOG.debug("{}: this node has stopped or lost its grid", name(), e);
            return false;
        }
    }

    /** Returns whether a node is gone, by what was thrown or by what the grid knows, which may learn of it later. */
    boolean isGone(ClusterNode node, RuntimeException problem) {
        return X.hasCause(problem, ClusterTopologyException.class) || !isAlive(node);
    }

    private Ignite ignite() {
        return grid.ignite();
    }

    @Override
    protected <R extends @Nullable Object> Departure<R> prepare(String key, TaskCall<R> call, CallOptions options) {
        ObjectWriter.Written written = write(key, call);
        List<String> upstreamKeys = new ArrayList<>(written.futures().size());
        List<GridFuture<?>> live = new ArrayList<>();
        List<Upstream> reached = new ArrayList<>();
        CodeOrigin origin = written.origin();
        for (TaskFuture<?> future : written.futures()) {
            upstreamKeys.add(future.key());
            if (future instanceof GridFuture<?> upstream && isOfThisGrid(upstream)) {
                live.add(upstream);
                reached.add(upstream);
                origin = origin.with(upstream.origin());
            } else if (future instanceof UpstreamFuture<?> upstream
                    && upstream.grid().equals(gridId)) {
                reached.add(upstream);
            } else {
                throw new IllegalArgumentException("task '" + key + "' cannot have upstream '" + future.key()
                        + "', which is not a future of this grid; let the call capture its result() instead");
            }
        }
        WireCall wireCall = new WireCall(key, options, upstreamKeys, false, written.bytes(), Optional.of(origin));
        return new GridDeparture<>(this, new GridFuture<>(key, this, origin), live, reached, wireCall);
    }

    private boolean isOfThisGrid(GridFuture<?> future) {
        return future.session() instanceof GridSession other && other.gridId.equals(gridId);
    }

    private static ObjectWriter.Written write(String key, TaskCall<?> call) {
        try {
            return ObjectWriter.write(call);
        } catch (IOException e) {
            String problem = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new IllegalArgumentException("the call of task '" + key + "' cannot be serialized: " + problem, e);
        }
    }

    /** Sends a call to the home of its key. */
    void send(GridDeparture<?> departure) {
        try {
            ClusterNode home = records.home(departure.call().key());
            if (home == null) {
                throw new IllegalStateException("the grid has no server node");
            }
            if (isAlive(home)) {
                sendTo(home, departure);
            } else {
                sendLater(departure);
            }
        } catch (RuntimeException e) {
            crash(departure.future(), e);
        }
    }

    /** Sends a call to a node; to its home if the node is gone. */
    void sendTo(UUID node, GridDeparture<?> departure) {
        try {
            ClusterNode alive = ignite().cluster().node(node);
            if (alive == null) {
                sendLater(departure);
            } else {
                sendTo(alive, departure);
            }
        } catch (RuntimeException e) {
            crash(departure.future(), e);
        }
    }

    private void sendTo(ClusterNode node, GridDeparture<?> departure) {
        NodeLink link = links.computeIfAbsent(
                node.id(),
                id -> new NodeLink(
                        this, node, ignite().compute(ignite().cluster().forNode(node))));
        if (departure.future().sendThrough(link)) {
            link.open();
            link.send(departure);
        }
    }

    /** Sends a call to its home in a moment. */
    void sendLater(GridDeparture<?> departure) {
        rerouting.after(REROUTE_DELAY, () -> send(departure));
    }

    /**
     * Puts the records of these upstreams back, which have expired while the call waited, and sends it again. Those that
     * this call does not have are another session's, whose call was first: that will put them back.
     */
    void putBack(List<String> keys, GridDeparture<?> departure) {
        List<Upstream> upstreams = departure.reached().stream()
                .filter(upstream -> keys.contains(upstream.key()))
                .toList();
        if (upstreams.isEmpty()) {
            send(departure);
            return;
        }
        AtomicInteger left = new AtomicInteger(upstreams.size());
        for (Upstream upstream : upstreams) {
            ask(
                    () -> records.putBack(upstream.key(), upstream.record(), guest.timeToLive()),
                    done -> {
                        if (left.decrementAndGet() == 0) {
                            send(departure);
                        }
                    },
                    problem -> crash(departure.future(), problem));
        }
    }

    /** Sends what a lost node had to where its keys are at home now. */
    void onLost(NodeLink link, RuntimeException problem) {
        if (over) {
            return;
        }
        links.remove(link.node().id(), link);
        boolean gone = isGone(link.node(), problem);
        List<GridDeparture<?>> left = link.takeBack();
        LOG.warn(
                "{} lost node {} with {} tasks under way: {}",
                name(),
                link.nodeName(),
                left.size(),
                problem.toString());
        for (GridDeparture<?> departure : left) {
            if (gone) {
                sendLater(departure);
            } else {
                crash(departure.future(), problem);
            }
        }
    }

    /** Ends a future whose call the grid could not be asked to run. */
    <R extends @Nullable Object> void crash(GridFuture<R> future, RuntimeException problem) {
        Failure failure = Failure.of(problem).because("the grid could not be asked to run it");
        future.complete(new State.Crashed<>(failure, Trace.neverRan(future.node())));
    }

    /** Asks the grid something, and goes on with the answer on this session's own thread. */
    <T extends @Nullable Object> void ask(
            Supplier<IgniteFuture<T>> question, Consumer<T> onAnswer, Consumer<RuntimeException> onProblem) {
        try {
            question.get()
                    .listenAsync(
                            answer -> {
                                T value;
                                try {
                                    value = answer.get();
                                } catch (RuntimeException e) {
                                    onProblem.accept(e);
                                    return;
                                }
                                onAnswer.accept(value);
                            },
                            inbox);
        } catch (RuntimeException e) {
            inbox.execute(() -> onProblem.accept(e));
        }
    }

    /** A call is read on its node, and cannot reach the session that submitted it. */
    @Override
    protected boolean runs(RunningCall call) {
        return false;
    }

    @Override
    protected void closeOpened() {
        over = true;
        for (NodeLink link : links.values()) {
            try {
                link.leave().get(LEAVE_TIMEOUT.toMillis());
            } catch (RuntimeException e) {
                LOG.debug("{} could not say goodbye to node {}, which will notice", name(), link.nodeName(), e);
            }
        }
        grid.close();
        rerouting.close();
        inbox.shutdownNow();
    }
}
