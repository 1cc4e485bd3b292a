package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.compat.IgniteThreadContext;
import io.github.ignitetasks.internal.compat.NodeInternals;
import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.GuardedEvents;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.RetryLog;
import io.github.ignitetasks.internal.execution.JvmLoad;
import io.github.ignitetasks.internal.execution.NodeContext;
import io.github.ignitetasks.internal.execution.Readers;
import io.github.ignitetasks.internal.execution.Slots;
import io.github.ignitetasks.internal.execution.TaskThreads;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.node.NodeWork;
import io.github.ignitetasks.internal.node.Quorum;
import io.github.ignitetasks.internal.node.SafeNode;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.LocalRecords;
import io.github.ignitetasks.internal.protocol.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.IgnitionListener;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;

/**
 * The worker of one node of a grid. It wires the parts that decide which keys the node runs, run their calls in its
 * slots, record their states, and then update the sessions that wait. It is created when the first call reaches the
 * node, and ends with the node.
 *
 * <p>Calls run on its own threads. Safe to share between threads. Its methods do not block, so jobs on Ignite's threads
 * may call them.
 */
public final class NodeWorker implements NodeWork {
    private final Ignite ignite;
    private final Records records;
    private final InFlightKeys keys = new InFlightKeys();
    private final OwnedPartitions owned;
    private final Readers readers;
    private final Recorder recorder;
    private final NodeContext place;
    private final Slots slots;
    private final ClientSessions clients;
    private final NodeDraining draining;
    private final SessionRequests requests;
    private final NodeStatistics statistics = new NodeStatistics();

    private final IgnitionListener stop = new StopWithNode();
    private final Membership membership;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private NodeWorker(Ignite ignite) {
        this.ignite = ignite;
        ClusterNode node = ignite.cluster().localNode();
        String name = "ignite-tasks-" + node.id().toString().substring(0, 8);
        OptionalInt fixed = SafeNode.fixedSlots(node);
        this.records = Records.of(ignite);
        this.place = new NodeContext(
                node.consistentId().toString(), new Timer(name), new GuardedEvents(name, new RetryLog()));
        this.readers = new Readers(name + "-readers");
        this.slots = new Slots(
                IgniteThreadContext.threads(ignite, new TaskThreads(name)),
                Math.min(fixed.orElseGet(Runtime.getRuntime()::availableProcessors), Slots.MOST),
                new NodePermits(new NodeResources(node), this::newLimit));
        this.clients = new ClientSessions(name, slots, fixed.isPresent(), place.timer(), this::onLeft);

        Timer timer = place.timer();
        Quorum quorum = new Quorum(ignite);
        TopologyMonitor changes = records.changes();
        DepartedNodes departed = new DepartedNodes(ignite.cluster());
        DeathReport deaths = new DeathReport(departed);
        HeldClaims held = new HeldClaims(records, timer);
        KeyUpdates updates = new KeyUpdates(keys, clients, deaths);
        UnrecordedKeys unrecorded =
                new UnrecordedKeys(NodeInternals.of(ignite), quorum, place.node(), held, updates, statistics);
        this.draining = new NodeDraining(keys, unrecorded, slots, clients);
        MemoryPressure memory = new MemoryPressure(ignite, records);
        this.recorder = new Recorder(
                name, records, memory, changes, slots::isBusy, timer, updates::onRecorded, unrecorded::onProblem);
        KeyRunner runner = new KeyRunner(
                place,
                slots,
                new CallReader(ignite, records, place.node(), readers),
                held,
                new RebalanceMonitor(ignite, departed, timer),
                deaths,
                recorder,
                updates,
                unrecorded,
                draining,
                statistics);
        this.owned = new OwnedPartitions(ignite, records, keys, timer);
        Claims claims = new Claims(ignite, records, changes, owned, timer, runner::onDecided, unrecorded::onProblem);
        this.requests = new SessionRequests(place.node(), quorum, keys, clients, claims, updates, unrecorded, draining);

        new NodeMetrics(statistics, slots, keys, new LocalRecords(ignite)).register(ignite);
        Ignition.addListener(stop);
        this.membership = Membership.listen(
                ignite,
                action -> timer.after(Duration.ZERO, action), // the action may have to ask the grid
                joined -> {},
                left -> clients.onNodeLeft(left.id()));
    }

    private GridLimit newLimit(String limit) {
        return new GridLimit(
                limit,
                ignite.cluster().localNode().id(),
                other -> ignite.cluster().node(other) != null,
                records,
                place.timer(),
                slots::freeSlots,
                slots::retry);
    }

    private void onLeft(UUID client) {
        requests.onLeft(client);
    }

    /** Returns the worker of a node. */
    public static NodeWorker of(@Nullable Ignite local) {
        Ignite ignite = requireNonNull(local, "Ignite sets its instance before a job runs");
        // by class, not by name: code that was shipped to the node has classes of its own
        ConcurrentMap<Class<?>, NodeWorker> known = ignite.cluster().nodeLocalMap();
        NodeWorker worker = known.get(NodeWorker.class);
        return worker == null || worker.records.isReplaced() ? start(ignite, known) : worker;
    }

    /** Returns the worker of a node, if it has one already. */
    static Optional<NodeWorker> find(@Nullable Ignite local) {
        Ignite ignite = requireNonNull(local, "Ignite sets its instance before a job runs");
        ConcurrentMap<Class<?>, NodeWorker> known = ignite.cluster().nodeLocalMap();
        return Optional.ofNullable(known.get(NodeWorker.class));
    }

    private static synchronized NodeWorker start(Ignite ignite, ConcurrentMap<Class<?>, NodeWorker> known) {
        NodeWorker worker = known.get(NodeWorker.class);
        if (worker != null && !worker.records.isReplaced()) {
            return worker;
        }
        NodeWorker fresh = new NodeWorker(ignite);
        if (worker == null) {
            if (!NodeWork.register(ignite, fresh)) {
                fresh.draining.begin(); // before a call reaches it
            }
        } else {
            NodeWork.replace(ignite, worker, fresh);
            if (worker.draining.hasBegun()) {
                fresh.draining.begin();
            }
            worker.endIfIdle();
        }
        known.put(NodeWorker.class, fresh);
        return fresh;
    }

    /** Ends a worker whose record cache was replaced. If calls still run, it ends with the node instead. */
    private void endIfIdle() {
        if (keys.isEmpty()) {
            membership.close();
            endWithNode();
        }
    }

    private void endWithNode() {
        Ignition.removeListener(stop);
        try {
            slots.close();
            recorder.close();
            clients.close();
            readers.close();
            place.timer().close();
        } finally {
            ended.complete(null);
        }
    }

    /**
     * Decides, at the primary node of a key that has no record, whether another node may run the key.
     *
     * @return null if it may, else the record that the other node finds
     */
    static byte @Nullable [] lend(@Nullable Ignite primary, String key, UUID borrower) {
        Ignite ignite = requireNonNull(primary, "Ignite sets its instance before it processes an entry");
        NodeWorker worker = (NodeWorker) ignite.cluster().nodeLocalMap().get(NodeWorker.class);
        return worker == null ? ClaimRecord.noOwner() : worker.owned.lend(key, borrower);
    }

    /**
     * Looks up, at the primary node of a key that has no record, whether the key runs there.
     *
     * @return a claim of that node if it does, null if it does not, or the marker for a key without an owner
     */
    static byte @Nullable [] look(@Nullable Ignite primary, String key) {
        Ignite ignite = requireNonNull(primary, "Ignite sets its instance before it processes an entry");
        NodeWorker worker = (NodeWorker) ignite.cluster().nodeLocalMap().get(NodeWorker.class);
        return worker == null ? ClaimRecord.noOwner() : worker.owned.look(key);
    }

    /** Returns whether a node of this JVM and that grid runs a call. */
    public static boolean runsInThisJvm(UUID grid, RunningCall call) {
        return Ignition.allGrids().stream()
                .filter(ignite -> ignite.cluster().id().equals(grid))
                .map(ignite -> ignite.cluster().nodeLocalMap().get(NodeWorker.class))
                .anyMatch(worker -> worker instanceof NodeWorker local && local.runs(call));
    }

    private boolean runs(RunningCall call) {
        return keys.find(call.key()).filter(run -> run.runs(call)).isPresent();
    }

    /** Returns the partitions that this node owns. */
    OwnedPartitions owned() {
        return owned;
    }

    /** Returns the sessions that use this worker. */
    ClientSessions clients() {
        return clients;
    }

    /** Returns what sessions ask of this worker. */
    SessionRequests requests() {
        return requests;
    }

    /** Returns how many calls this worker runs at a time. */
    public int slots() {
        return slots.size();
    }

    /** Returns how many keys are in flight. */
    public int inFlight() {
        return keys.size();
    }

    /** Returns what this node tells about itself. */
    NodeReport report() {
        List<ActiveCall> active = new ArrayList<>();
        keys.all().forEach(key -> key.active().ifPresent(active::add));
        JvmLoad load = JvmLoad.now();
        return new NodeReport(
                slots.size(),
                slots.freeSlots(),
                keys.size(),
                place.node(),
                ignite.cluster().localNode().id(),
                Instant.now(),
                load.heapUsed(),
                load.heapMax(),
                load.cpu(),
                new LocalRecords(ignite).count(),
                NodeInternals.of(ignite).usedBytes().orElse(NodeReport.UNKNOWN),
                statistics.byName(keys.all()),
                (int) active.stream().filter(ActiveCall::hasStarted).count(),
                NodeReport.longest(active),
                statistics.failures());
    }

    /** Returns the keys in flight here. */
    InFlightKeys keys() {
        return keys;
    }

    /** Returns whether this node is about to end, and starts no more calls. */
    boolean isDraining() {
        return draining.hasBegun();
    }

    /** Drains the worker; if the node ends before that, no key ends here any more, and the drain is over. */
    @Override
    public CompletableFuture<Void> drain() {
        return CompletableFuture.anyOf(ended, draining.drain()).thenRun(() -> {});
    }

    private final class StopWithNode implements IgnitionListener {
        @Override
        public void onStateChange(@Nullable String name, IgniteState state) {
            if (state != IgniteState.STARTED && Objects.equals(name, ignite.name())) {
                endWithNode();
            }
        }
    }
}
