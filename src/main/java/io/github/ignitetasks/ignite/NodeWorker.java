package io.github.ignitetasks.ignite;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.Trace;
import io.github.ignitetasks.cluster.SafeNode;
import io.github.ignitetasks.wire.ObjectReader;
import io.github.ignitetasks.worker.CallRun;
import io.github.ignitetasks.worker.Place;
import io.github.ignitetasks.worker.Slots;
import io.github.ignitetasks.worker.Timer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.IgnitionListener;
import org.apache.ignite.internal.NodeStoppingException;
import org.apache.ignite.internal.processors.cache.CacheStoppedException;
import org.apache.ignite.internal.util.typedef.X;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs calls on one node of a grid: claims their keys, runs them in its slots, records their states, and then
 * tells the sessions that wait. It is made when the first call reaches the node, and ends with the node.
 *
 * <p>Calls run on threads of its own. Safe to share between threads; its methods do not block, so that jobs on
 * Ignite's threads may call them.
 */
final class NodeWorker {
    private static final Logger LOG = LoggerFactory.getLogger(NodeWorker.class);
    private static final int MAX_DEATHS = 3;

    private final Ignite ignite;
    private final UUID node;
    private final Records records;
    private final Place place;
    private final Slots slots;
    private final Guests guests;
    private final ConcurrentMap<String, KeyRun> runs = new ConcurrentHashMap<>();

    /** What is written to the grid now; each is completed when it is there, and told. */
    private final ConcurrentMap<KeyRun, CompletableFuture<Void>> recordings = new ConcurrentHashMap<>();

    private volatile boolean draining;

    private NodeWorker(Ignite ignite) {
        this.ignite = ignite;
        this.node = ignite.cluster().localNode().id();
        this.records = Records.of(ignite);
        String name = "ignite-tasks-" + node.toString().substring(0, 8);
        this.place = new Place(ignite.cluster().localNode().consistentId().toString(), new Timer(name));
        Integer fixed = ignite.cluster().localNode().attribute(SafeNode.SLOTS_ATTRIBUTE);
        this.slots = new Slots(name, fixed == null ? Runtime.getRuntime().availableProcessors() : fixed);
        this.guests = new Guests(slots, fixed != null, place.timer());
        Ignition.addListener(new StopWithNode());
    }

    /** Returns the worker of a node. */
    static NodeWorker of(@Nullable Ignite local) {
        Ignite ignite = requireNonNull(local, "Ignite sets its instance before a job runs");
        // by class, not by name: code that was shipped to the node has classes of its own
        return ignite.cluster()
                .<Class<?>, NodeWorker>nodeLocalMap()
                .computeIfAbsent(NodeWorker.class, type -> new NodeWorker(ignite));
    }

    /** Returns the worker of a node, if a call has ever reached that. */
    static Optional<NodeWorker> ofUsed(Ignite ignite) {
        return Optional.ofNullable(
                ignite.cluster().<Class<?>, NodeWorker>nodeLocalMap().get(NodeWorker.class));
    }

    /** Returns the sessions that use it. */
    Guests guests() {
        return guests;
    }

    /** Returns how many calls it runs at a time. */
    int slots() {
        return slots.size();
    }

    /**
     * Starts no more calls: their sessions have them run elsewhere once this node is gone.
     *
     * @return completes when those that run have been recorded and told
     */
    CompletableFuture<Void> drain() {
        draining = true;
        return slots.drain()
                .thenCompose(none -> CompletableFuture.allOf(recordings.values().toArray(CompletableFuture<?>[]::new)))
                .thenCompose(none -> guests.allTold());
    }

    /** Takes a session's call: runs it, or lets the session wait for the run or the record of its key. */
    void accept(Guest guest, WireCall call, ClassLoader loader) {
        guests.mailbox(guest);
        if (draining && !runs.containsKey(call.key())) {
            return; // its session sends it elsewhere once this node is gone
        }
        KeyRun fresh = new KeyRun(call, loader, guest);
        KeyRun inFlight;
        do {
            inFlight = runs.putIfAbsent(call.key(), fresh);
        } while (inFlight != null && !inFlight.join(guest.id()));
        if (inFlight == null) {
            claim(fresh);
        }
    }

    /** Cancels a key for a session; the call goes on if others wait for it. */
    void cancel(Guest guest, String key) {
        KeyRun run = runs.get(key);
        if (run == null) {
            return; // it has ended, which the session is told
        }
        if (run.leave(guest.id())) {
            State<?> cancelled = new State.Cancelled<>(false, Trace.neverRan(place.node()));
            guests.mailbox(guest).post(new End.Told(key, StateRecord.write(cancelled)));
            return;
        }
        CallRun<?> started = run.cancel(guest.id());
        if (started != null) {
            started.cancel();
        }
    }

    private void claim(KeyRun run) {
        ClaimRecord claim = ClaimRecord.of(node);
        then(run, () -> records.claim(run.key(), claim), found -> {
            if (found == null) {
                start(run);
            } else if (StateRecord.isState(found)) {
                end(run, new End.Told(run.key(), found));
            } else {
                onClaimed(run, claim, ClaimRecord.read(found));
            }
        });
    }

    private void onClaimed(KeyRun run, ClaimRecord mine, ClaimRecord found) {
        if (found.equals(mine)) {
            start(run);
        } else if (!found.node().equals(node) && ignite.cluster().node(found.node()) != null) {
            end(run, new End.Elsewhere(run.key(), found.node()));
        } else {
            takeOver(run, found);
        }
    }

    /** Claims a key whose claim nobody stands behind any more. */
    private void takeOver(KeyRun run, ClaimRecord old) {
        ClaimRecord claim = old.node().equals(node)
                ? new ClaimRecord(UUID.randomUUID(), node, old.deaths())
                : old.takenOverBy(node);
        then(run, () -> records.replace(run.key(), old, claim), replaced -> {
            if (!replaced) {
                claim(run);
            } else if (claim.deaths().size() >= MAX_DEATHS) {
                record(run, StateRecord.write(diedTooOften(claim)));
            } else {
                start(run);
            }
        });
    }

    private State<?> diedTooOften(ClaimRecord claim) {
        String message = "the nodes that ran it died: " + claim.deaths();
        return new State.Crashed<>(Failure.ofText("", message, ""), Trace.neverRan(place.node()));
    }

    private void start(KeyRun run) {
        WireCall call = run.call();
        if (call.skipped()) {
            record(run, call.bytes());
            return;
        }
        CallRun<Object> calls =
                new CallRun<>(call.key(), call.options(), () -> read(run), place, state -> onRunEnded(run, state));
        if (run.start(calls)) {
            calls.runIn(slots);
        } else {
            calls.cancel();
        }
    }

    private TaskCall<Object> read(KeyRun run) throws Exception {
        WireCall call = run.call();
        Map<String, byte[]> upstreams = records.read(new HashSet<>(call.upstreams()));
        List<String> missing = call.upstreams().stream()
                .filter(key -> !upstreams.containsKey(key))
                .toList();
        if (!missing.isEmpty()) {
            throw new MissingUpstreamException(missing);
        }
        UUID grid = ignite.cluster().id();
        try {
            return OwnIgnite.whileReading(
                    ignite,
                    () -> ObjectReader.read(call.bytes(), run.loader(), reference -> {
                        byte[] record = upstreams.get(reference.key());
                        return record == null
                                ? reference
                                : new UpstreamFuture<>(reference.key(), grid, record, run.loader());
                    }));
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "node " + place.node() + " lacks class " + e.getMessage()
                            + " of the call; add its jar to the class path of the grid's nodes, or turn"
                            + " peerClassLoadingEnabled on, with deploymentMode ISOLATED, on all of them",
                    e);
        }
    }

    private void onRunEnded(KeyRun run, State<?> state) {
        Optional<Throwable> problem = state.failure().flatMap(Failure::throwable);
        if (state.type() == StateType.CRASHED && problem.orElse(null) instanceof MissingUpstreamException missing) {
            end(run, new End.Missing(run.key(), missing.keys()));
        } else {
            record(run, StateRecord.write(state));
        }
    }

    /** Writes the state to the grid, and only then tells of it. */
    private void record(KeyRun run, byte[] state) {
        recordings.put(run, new CompletableFuture<>());
        then(
                run,
                () -> records.put(run.key(), state, run.first().timeToLive()),
                written -> end(run, new End.Told(run.key(), state)));
    }

    private void end(KeyRun run, End end) {
        runs.remove(run.key(), run);
        run.end().forEach(guest -> guests.tell(guest, end));
        CompletableFuture<Void> recording = recordings.remove(run);
        if (recording != null) {
            recording.complete(null);
        }
    }

    /** Goes on with what the grid answers; if it cannot, the key's state is Crashed, and not recorded. */
    private <T extends @Nullable Object> void then(KeyRun run, Supplier<IgniteFuture<T>> question, Consumer<T> next) {
        try {
            question.get().listen(done -> {
                T answer;
                try {
                    answer = done.get();
                } catch (RuntimeException e) {
                    onProblem(run, e);
                    return;
                }
                try {
                    next.accept(answer);
                } catch (RuntimeException e) {
                    onProblem(run, e);
                }
            });
        } catch (RuntimeException e) {
            onProblem(run, e);
        }
    }

    /** Of a node that stops nothing is told: sessions notice that it is gone, and have the key run elsewhere. */
    private void onProblem(KeyRun run, RuntimeException problem) {
        if (X.hasCause(problem, NodeStoppingException.class, CacheStoppedException.class)) {
            LOG.debug("node {} stops before key '{}' is recorded", place.node(), run.key(), problem);
            return;
        }
        LOG.warn("the grid's record of key '{}' cannot be used", run.key(), problem);
        Failure failure = Failure.of(problem).because("the grid's record of the key cannot be used");
        State<?> crashed = new State.Crashed<>(failure, Trace.neverRan(place.node()));
        end(run, new End.Told(run.key(), StateRecord.write(crashed)));
    }

    private final class StopWithNode implements IgnitionListener {
        @Override
        public void onStateChange(@Nullable String name, IgniteState state) {
            if (state != IgniteState.STARTED && Objects.equals(name, ignite.name())) {
                Ignition.removeListener(this);
                slots.close();
                place.timer().close();
            }
        }
    }
}
