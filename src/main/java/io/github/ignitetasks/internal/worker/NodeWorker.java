package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.RunningCall;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.compat.Causes;
import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.compat.IgniteThreadContext;
import io.github.ignitetasks.internal.compat.NodeInternals;
import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.execution.CallExecution;
import io.github.ignitetasks.internal.execution.CallListener;
import io.github.ignitetasks.internal.execution.NodeContext;
import io.github.ignitetasks.internal.execution.Outcome;
import io.github.ignitetasks.internal.execution.Readers;
import io.github.ignitetasks.internal.execution.Slots;
import io.github.ignitetasks.internal.execution.TaskThreads;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.node.NodeWork;
import io.github.ignitetasks.internal.node.Quorum;
import io.github.ignitetasks.internal.node.SafeNode;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.NoQuorumException;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.IgnitionListener;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker of one node of a grid. It decides which keys the node runs, runs their calls in its slots, records their
 * states, and then updates the sessions that wait. It is created when the first call reaches the node, and ends with
 * the node.
 *
 * <p>Calls run on its own threads. Safe to share between threads. Its methods do not block, so jobs on Ignite's threads
 * may call them.
 */
public final class NodeWorker implements NodeWork {
    private static final Logger LOG = LoggerFactory.getLogger(NodeWorker.class);

    private final Ignite ignite;
    private final Records records;
    private final Quorum quorum;
    private final OwnedPartitions owned;
    private final Claims claims;
    private final Readers readers;
    private final CallReader reader;
    private final Recorder recorder;
    private final NodeContext place;
    private final Slots slots;
    private final ClientSessions clients;
    private final DepartedNodes past;
    private final RebalanceMonitor backups;
    private final ConcurrentMap<String, KeyExecution> runs = new ConcurrentHashMap<>();

    private final IgnitionListener stop = new StopWithNode();
    private final Membership membership;

    private volatile boolean draining;

    private NodeWorker(Ignite ignite) {
        this.ignite = ignite;
        ClusterNode node = ignite.cluster().localNode();
        this.records = Records.of(ignite);
        this.quorum = new Quorum(ignite);
        TopologyMonitor changes = records.changes();
        MemoryPressure full = new MemoryPressure(ignite, records);
        String name = "ignite-tasks-" + node.id().toString().substring(0, 8);
        this.place = new NodeContext(node.consistentId().toString(), new Timer(name));
        this.recorder = new Recorder(name, records, full, changes, place.timer(), this::onRecorded, this::onProblem);
        Integer fixed = node.attribute(SafeNode.SLOTS_ATTRIBUTE);
        this.readers = new Readers(name + "-readers");
        this.reader = new CallReader(ignite, records, place.node(), readers);
        this.owned = new OwnedPartitions(ignite, records, runs, place.timer());
        this.claims = new Claims(ignite, records, changes, owned, place.timer(), this::onDecided, this::onProblem);
        this.slots = new Slots(
                IgniteThreadContext.threads(ignite, new TaskThreads(name)),
                fixed == null ? Runtime.getRuntime().availableProcessors() : Math.min(fixed, Slots.MOST));
        this.clients = new ClientSessions(name, slots, fixed != null, place.timer(), this::onLeft);
        this.past = new DepartedNodes(ignite.cluster());
        this.backups = new RebalanceMonitor(ignite, past, place.timer());
        Ignition.addListener(stop);
        this.membership = Membership.listen(
                ignite,
                action -> place.timer().after(Duration.ZERO, action), // the action may have to ask the grid
                joined -> {},
                left -> clients.onNodeLeft(left.id()));
    }

    /** Returns the worker of a node. */
    public static NodeWorker of(@Nullable Ignite local) {
        Ignite ignite = requireNonNull(local, "Ignite sets its instance before a job runs");
        // by class, not by name: code that was shipped to the node has classes of its own
        ConcurrentMap<Class<?>, NodeWorker> known = ignite.cluster().nodeLocalMap();
        NodeWorker worker = known.get(NodeWorker.class);
        return worker == null || worker.records.isReplaced() ? start(ignite, known) : worker;
    }

    private static synchronized NodeWorker start(Ignite ignite, ConcurrentMap<Class<?>, NodeWorker> known) {
        NodeWorker worker = known.get(NodeWorker.class);
        if (worker != null && !worker.records.isReplaced()) {
            return worker;
        }
        NodeWorker fresh = new NodeWorker(ignite);
        if (worker == null) {
            fresh.draining = !NodeWork.register(ignite, fresh); // before a call reaches it
        } else {
            NodeWork.replace(ignite, worker, fresh);
            fresh.draining = worker.draining;
            worker.endIfIdle();
        }
        known.put(NodeWorker.class, fresh);
        return fresh;
    }

    /** Ends a worker whose record cache was replaced. If calls still run, it ends with the node instead. */
    private void endIfIdle() {
        if (runs.isEmpty()) {
            membership.close();
            endWithNode();
        }
    }

    private void endWithNode() {
        Ignition.removeListener(stop);
        slots.close();
        recorder.close();
        clients.close();
        readers.close();
        place.timer().close();
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
        KeyExecution run = runs.get(call.key());
        return run != null && run.runs(call);
    }

    /** Returns the partitions that this node owns. */
    OwnedPartitions owned() {
        return owned;
    }

    /** Returns the sessions that use this worker. */
    ClientSessions clients() {
        return clients;
    }

    /** Returns how many calls this worker runs at a time. */
    public int slots() {
        return slots.size();
    }

    /** Returns how many keys are in flight. */
    public int inFlight() {
        return runs.size();
    }

    /** Returns whether this node is about to end, and starts no more calls. */
    boolean isDraining() {
        return draining;
    }

    @Override
    public CompletableFuture<Void> drain() {
        draining = true;
        runs.values().forEach(this::giveBack);
        return slots.drain()
                .thenRun(this::giveBackAll)
                .thenCompose(none -> CompletableFuture.allOf(
                        runs.values().stream().map(KeyExecution::over).toArray(CompletableFuture<?>[]::new)))
                .thenCompose(none -> clients.allTold());
    }

    /** Accepts a session's calls. It runs each call, or lets the session wait for the run or the record of its key. */
    void accept(ClientSession client, List<CallRequest> calls, ClassLoader loader) {
        List<KeyExecution> fresh = new ArrayList<>(calls.size());
        for (CallRequest call : calls) {
            KeyExecution run =
                    new KeyExecution(call, call.origin().map(CodeOrigin::loader).orElse(loader), client);
            if (joins(run, client)) {
                clients.tell(client.id(), new CallUpdate.Paused(call.key())); // the call takes no slot of its own
                tellWhetherAlone(call.key(), client);
            } else if (draining) {
                end(run, new CallUpdate.Returned(call.key()));
            } else {
                fresh.add(run);
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        Optional<String> lack = quorum.lack();
        if (lack.isPresent()) {
            fresh.forEach(run -> crash(run, Failure.ofText("", lack.get(), "")));
        } else {
            claims.decide(fresh);
        }
    }

    /** Puts a key in flight, or joins the run that is in flight; returns whether it joined. */
    private boolean joins(KeyExecution fresh, ClientSession client) {
        KeyExecution inFlight;
        do {
            inFlight = runs.putIfAbsent(fresh.key(), fresh);
        } while (inFlight != null && !inFlight.join(client.id()));
        return inFlight != null;
    }

    /**
     * Gives a session back up to so many of its calls: those that have not started and that no other session waits for.
     */
    void giveBack(ClientSession client, int number) {
        int left = number;
        for (KeyExecution run : runs.values()) {
            if (left == 0) {
                return;
            }
            if (run.isWantedBy(client.id()) && giveBack(run)) {
                left--;
            }
        }
    }

    /** Gives a call back to its sessions if it has not started; returns whether it did. */
    private boolean giveBack(KeyExecution run) {
        boolean back = run.withdraw();
        if (back) {
            giveUp(run);
        }
        return back;
    }

    /**
     * Drops the waiting calls of a session that has left, if no other session asked for them. Started calls go on.
     * Sessions that joined a waiting call send their own, because the code of this one may have left too.
     */
    void onLeft(UUID client) {
        for (KeyExecution run : runs.values()) {
            if (run.forget(client) && run.drop()) {
                giveUp(run);
            }
        }
    }

    /** Cancels a key for a session; the call goes on if others wait for it. */
    void cancel(ClientSession client, String key) {
        KeyExecution run = runs.get(key);
        if (run == null) {
            return; // the key has ended, and the session gets that update
        }
        if (run.leave(client.id())) {
            State<?> cancelled = new State.Cancelled<>(false, ExecutionInfo.neverRan(place.node()));
            clients.tell(client.id(), new CallUpdate.Told(key, StateRecord.write(cancelled)));
            return;
        }
        CallExecution<?> started = run.cancel(client.id());
        if (started != null) {
            started.cancel();
        }
    }

    private void onDecided(KeyExecution run, Claims.Decision decision) {
        if (decision instanceof Claims.Decision.Ours) {
            start(run, () -> {}, CallExecution::runIn);
        } else if (decision instanceof Claims.Decision.OursAfterDeaths ours) {
            backups.onceRestored(ours.claim().deaths(), () -> startAfterDeaths(run, ours.claim()));
        } else if (decision instanceof Claims.Decision.Final known) {
            end(run, new CallUpdate.Told(run.key(), known.record()));
        } else if (decision instanceof Claims.Decision.Theirs theirs) {
            end(run, new CallUpdate.Elsewhere(run.key(), theirs.node()));
        } else if (decision instanceof Claims.Decision.Deadly deadly) {
            record(run, StateRecord.write(diedTooOften(named(run, deadly.deaths()))));
        }
    }

    /** Returns the deaths with the names that the call carries, or that the grid remembers. */
    private List<NodeDeath> named(KeyExecution run, List<UUID> nodes) {
        Map<UUID, NodeDeath> told = run.call().deaths().stream().collect(toMap(NodeDeath::node, death -> death));
        return nodes.stream()
                .map(node -> Optional.ofNullable(told.get(node)).orElseGet(() -> past.death(node)))
                .toList();
    }

    private State<?> diedTooOften(List<NodeDeath> deaths) {
        String nodes = deaths.stream().map(NodeDeath::toString).collect(joining(", "));
        String message = deaths.size() + " nodes died while they had it, the last while it ran alone there: " + nodes
                + "; look into their logs for what ended them, such as System.exit, a crash of native code or a lack"
                + " of memory, and submit the task under another key once that is mended";
        return new State.Crashed<>(Failure.ofText("", message, ""), ExecutionInfo.neverRan(place.node()));
    }

    /**
     * Starts a call whose earlier nodes died. Its claim is marked as started first. The call runs alone once only one
     * more death may follow, so that this death shows whether the call is the cause.
     */
    private void startAfterDeaths(KeyExecution run, ClaimRecord claim) {
        CallOnNode.Preparation noting = () -> {
            claims.start(run, claim);
            if (claim.isToRunAlone()) {
                tellAlone(run, claim);
            }
        };
        start(run, noting, claim.isToRunAlone() ? CallExecution::runExclusivelyIn : CallExecution::runIn);
    }

    /**
     * Tells the sessions that a key is about to run alone. If it then ends this node, and the grid with it, only they
     * know the cause. Waits until they have received the update, or for some seconds.
     */
    private void tellAlone(KeyExecution run, ClaimRecord claim) throws InterruptedException {
        CallUpdate alone = new CallUpdate.RunsAlone(run.key(), named(run, claim.deaths()));
        try {
            clients.tellReceived(run.clients(), alone).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing lets sessions fail that are told of key '" + run.key() + "'", e);
        }
    }

    private void tellWhetherAlone(String key, ClientSession joined) {
        KeyExecution run = runs.get(key);
        if (run != null) {
            run.claim()
                    .filter(claim -> claim.started() && claim.isToRunAlone())
                    .ifPresent(claim ->
                            clients.tell(joined.id(), new CallUpdate.RunsAlone(key, named(run, claim.deaths()))));
        }
    }

    private void start(
            KeyExecution run, CallOnNode.Preparation preparation, BiConsumer<CallExecution<Object>, Slots> how) {
        CallRequest call = run.call();
        if (call.skipped()) {
            record(run, call.bytes());
            return;
        }
        CallOnNode source = new CallOnNode(run, reader, preparation);
        CallExecution<Object> calls = new CallExecution<>(call.key(), call.options(), source, place, listener(run));
        boolean wanted = run.start(calls);
        if (draining && giveBack(run)) {
            return;
        }
        if (wanted) {
            how.accept(calls, slots);
        } else if (run.drop()) {
            giveUp(run);
        } else {
            calls.cancel();
        }
    }

    private CallListener<Object> listener(KeyExecution run) {
        return new CallListener<>() {
            @Override
            public void ended(Outcome<Object> outcome) {
                onRunEnded(run, outcome);
            }

            @Override
            public void paused() {
                run.clients().forEach(client -> clients.tell(client, new CallUpdate.Paused(run.key())));
            }
        };
    }

    private void onRunEnded(KeyExecution run, Outcome<?> outcome) {
        if (outcome instanceof Outcome.Ended<?> ended) {
            record(run, ended.written().orElseGet(() -> StateRecord.write(ended.state()))); // else text alone
        } else if (outcome instanceof Outcome.NotRun<?> notRun) {
            end(
                    run,
                    notRun.reason() instanceof Outcome.UpstreamsGone gone
                            ? new CallUpdate.Missing(run.key(), gone.upstreams())
                            : new CallUpdate.Returned(run.key()));
        }
    }

    /** Writes the state to the grid; sessions are updated only after that. */
    private void record(KeyExecution run, byte[] state) {
        run.record();
        recorder.record(run, state);
    }

    private void onRecorded(List<Recorder.Entry> entries) {
        Map<UUID, List<CallUpdate>> ends = new HashMap<>();
        for (Recorder.Entry entry : entries) {
            CallUpdate told = new CallUpdate.Told(entry.run().key(), entry.state());
            for (UUID client : leaveFlight(entry.run())) {
                ends.computeIfAbsent(client, id -> new ArrayList<>(entries.size()))
                        .add(told);
            }
        }
        ends.forEach(clients::tell);
        entries.forEach(entry -> entry.run().over().complete(null));
    }

    /** Gives back the calls that wait for a retry, because this node will not run them. */
    private void giveBackAll() {
        runs.values().stream().filter(KeyExecution::isUnderWay).forEach(this::giveUp);
    }

    private void giveUp(KeyExecution run) {
        claims.giveUp(run, () -> end(run, new CallUpdate.Returned(run.key())), problem -> onProblem(run, problem));
    }

    private void end(KeyExecution run, CallUpdate end) {
        leaveFlight(run).forEach(client -> clients.tell(client, end));
        run.over().complete(null);
    }

    /** Removes a key from the flight; returns the sessions to update. */
    private Set<UUID> leaveFlight(KeyExecution run) {
        runs.remove(run.key(), run);
        return run.end();
    }

    /**
     * Handles a failure to decide or record a key. A stopping node sends no update: sessions notice its end, and send
     * the call elsewhere.
     */
    private void onProblem(KeyExecution run, RuntimeException problem) {
        if (NodeInternals.of(ignite).isStopping()) {
            LOG.debug("node {} stops before key '{}' is recorded", place.node(), run.key(), problem);
            return;
        }
        NoQuorumException lack = Causes.find(problem, NoQuorumException.class);
        if (lack != null) {
            LOG.warn("key '{}' is not recorded: {}", run.key(), lack.getMessage());
            crash(run, Failure.ofText("", String.valueOf(lack.getMessage()), ""));
            return;
        }
        if (IgniteErrors.isOutOfMemory(problem)) {
            LOG.warn("the grid has no memory left for the record of key '{}'", run.key());
            crash(run, Failure.ofText("", MemoryPressure.REMEDY, ""));
            return;
        }
        LOG.warn("the grid's record of key '{}' cannot be used", run.key(), problem);
        crash(run, Failure.of(problem).because(quorum.lack().orElse("the grid's record of the key cannot be used")));
    }

    /** Ends a key with a state that the grid cannot record. */
    private void crash(KeyExecution run, Failure failure) {
        State<?> crashed = new State.Crashed<>(failure, ExecutionInfo.neverRan(place.node()));
        CallUpdate told = new CallUpdate.Told(run.key(), StateRecord.write(crashed));
        claims.giveUp(run, () -> end(run, told), problem -> end(run, told)); // a claim that stays is taken over later
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
