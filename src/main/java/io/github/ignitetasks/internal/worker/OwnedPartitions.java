package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.compat.SettableFuture;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.node.Protocol;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterGroup;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of keys that have their home on this node. At home a key runs without a claim: that it is in flight is
 * known to the only node that decides who runs it. No partition has its home on two nodes at a time: a node that is to
 * be the home of one asks all others first to {@linkplain RelinquishPartitions hand it over}, and they do once they have written
 * claims for what they run of it.
 *
 * <p>Safe to share between threads; does not block.
 */
final class OwnedPartitions {
    private static final Duration AGAIN = Duration.ofMillis(20);
    private static final int MAX_FAILURES = 100;

    private final Ignite ignite;
    private final UUID node;
    private final Records records;
    private final ConcurrentMap<String, KeyExecution> inFlight;
    private final Timer timer;
    private final Set<Integer> home = ConcurrentHashMap.newKeySet();

    /** What is about to have its home here; guarded by this. */
    private final Set<Integer> moving = new HashSet<>();

    /** Who waits for that; guarded by this. */
    private List<Waiting> waiting = new ArrayList<>();

    private boolean asking; // guarded by this

    /** Keys that other nodes may run although their home is here. */
    private final RecentKeys lent = new RecentKeys();

    /** Asks on the thread that the grid answers on. */
    private final AsyncGrid grid = new AsyncGrid(Runnable::run);

    OwnedPartitions(Ignite ignite, Records records, ConcurrentMap<String, KeyExecution> inFlight, Timer timer) {
        this.ignite = ignite;
        this.node = ignite.cluster().localNode().id();
        this.records = records;
        this.inFlight = inFlight;
        this.timer = timer;
    }

    /** Returns whether a key that is in flight here may run without a claim, if it has no record. */
    boolean keeps(KeyExecution run) {
        run.needsNoClaim(true); // first, as it is looked for by who takes the home away, or is lent the key
        boolean keeps = home.contains(records.partition(run.key())) && !lent.contains(run.key());
        run.needsNoClaim(keeps);
        return keeps;
    }

    /** Returns whether the home of a key is to be here, but is not yet. */
    boolean isDue(String key) {
        return !home.contains(records.partition(key)) && records.isPrimary(key);
    }

    /**
     * Decides whether another node may run a key that has no record, on the thread of the grid that is about to write
     * the claim.
     *
     * @return nothing if it may, else what it finds
     */
    byte @Nullable [] lend(String key, UUID borrower) {
        lent.add(key); // first, as it may be about to run here
        if (!home.contains(records.partition(key))) {
            return ClaimRecord.notAtHome();
        }
        return inFlight.containsKey(key) && !borrower.equals(node)
                ? ClaimRecord.of(node, List.of()).bytes()
                : null;
    }

    /**
     * Tells what is known of a key that has no record, on the thread of the grid that has its entry.
     *
     * @return a claim if it runs here, nothing if it does not, or what stands for a key without a home
     */
    byte @Nullable [] look(String key) {
        if (!home.contains(records.partition(key))) {
            return ClaimRecord.notAtHome();
        }
        return inFlight.containsKey(key) ? ClaimRecord.of(node, List.of()).bytes() : null;
    }

    /** Moves the homes here that should be; goes on when that is done, or is given what prevents it. */
    void move(Runnable then, Consumer<RuntimeException> onProblem) {
        synchronized (this) {
            waiting.add(new Waiting(then, onProblem));
            if (asking) {
                return;
            }
            asking = true;
        }
        ask(0);
    }

    private void ask(int failures) {
        grid.ask(this::askOthers, done -> onMoved(), problem -> onNotMoved(failures + 1, problem));
    }

    private IgniteFuture<Void> askOthers() {
        Set<Integer> wanted;
        synchronized (this) {
            moving.clear();
            moving.addAll(records.primaryPartitions());
            moving.removeAll(home);
            wanted = Set.copyOf(moving);
        }
        ClusterGroup others = Protocol.servers(ignite.cluster()).forRemotes();
        return wanted.isEmpty() || others.nodes().isEmpty()
                ? SettableFuture.completed()
                : ignite.compute(others).broadcastAsync(new RelinquishPartitions(wanted));
    }

    private void onMoved() {
        List<Waiting> all;
        synchronized (this) {
            home.addAll(moving); // what is left of it: another node may have asked for some meanwhile
            all = end();
        }
        all.forEach(waited -> waited.then().run());
    }

    /** A node that leaves cannot answer, and what it had is nobody's then; so this goes well soon, or never. */
    private void onNotMoved(int failures, RuntimeException problem) {
        if (failures < MAX_FAILURES) {
            timer.after(AGAIN, () -> ask(failures));
            return;
        }
        List<Waiting> all;
        synchronized (this) {
            all = end();
        }
        all.forEach(waited -> waited.onProblem().accept(problem));
    }

    private List<Waiting> end() {
        asking = false;
        moving.clear();
        List<Waiting> all = waiting;
        waiting = new ArrayList<>();
        return all;
    }

    private record Waiting(Runnable then, Consumer<RuntimeException> onProblem) {}

    /**
     * Gives partitions up, which is done when what runs of them here has claims.
     *
     * @param then is run after that, on another thread
     */
    @SuppressWarnings("FutureReturnValueIgnored") // who asked has the future of what may fail
    CompletableFuture<Void> handOver(Set<Integer> partitions, Runnable then) {
        synchronized (this) {
            moving.removeAll(partitions);
            home.removeAll(partitions);
        }
        CompletableFuture<Void> done = CompletableFuture.allOf(inFlight.values().stream()
                .filter(run -> run.needsNoClaim() && partitions.contains(records.partition(run.key())))
                .map(this::claim)
                .toArray(CompletableFuture<?>[]::new));
        done.whenCompleteAsync((nothing, problem) -> then.run(), action -> timer.after(Duration.ZERO, action));
        return done;
    }

    private CompletableFuture<Void> claim(KeyExecution run) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        ClaimRecord claim = ClaimRecord.of(node, run.call().deadNodes());
        grid.ask(
                () -> records.claim(run.key(), claim),
                found -> {
                    if (found == null) {
                        run.claimed(claim);
                    }
                    written.complete(null);
                },
                written::completeExceptionally);
        return written;
    }
}
