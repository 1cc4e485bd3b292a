package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.compat.SettableFuture;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.execution.Timings;
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
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterGroup;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that this node owns. The owner runs their keys without a claim: it alone decides who runs them, and it
 * knows which are in flight. No partition has two owners at a time. Before a node owns a partition, it asks all other
 * nodes to {@linkplain RelinquishPartitions relinquish it}. They do so once they have written claims for its keys that
 * they run.
 *
 * <p>Safe to share between threads; does not block.
 */
final class OwnedPartitions {
    /** How often it asks in vain before it gives up; that takes some seconds. */
    private static final int MAX_FAILURES = 30;

    private final Ignite ignite;
    private final UUID node;
    private final Records records;
    private final InFlightKeys inFlight;
    private final Timer timer;
    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();

    /** The partitions that this node is acquiring; guarded by this. */
    private final Set<Integer> acquiring = new HashSet<>();

    /** The actions that wait for the acquisition; guarded by this. */
    private List<Waiting> waiting = new ArrayList<>();

    private boolean asking; // guarded by this

    /** Keys of owned partitions that other nodes may run. */
    private final RecentKeys lent = new RecentKeys();

    /** Runs continuations on the thread that brings the grid's answer. */
    private final AsyncGrid grid = new AsyncGrid(Runnable::run);

    OwnedPartitions(Ignite ignite, Records records, InFlightKeys inFlight, Timer timer) {
        this.ignite = ignite;
        this.node = ignite.cluster().localNode().id();
        this.records = records;
        this.inFlight = inFlight;
        this.timer = timer;
    }

    /** Returns whether a key that is in flight here may run without a claim, if it has no record. */
    boolean keeps(KeyExecution run) {
        run.needsNoClaim(true); // first: a node that takes the partition or borrows the key checks this flag
        boolean keeps = owned.contains(records.partition(run.key())) && !lent.contains(run.key());
        run.needsNoClaim(keeps);
        return keeps;
    }

    /** Returns whether this node should own the partition of a key, but does not yet. */
    boolean isDue(String key) {
        return !owned.contains(records.partition(key)) && records.isPrimary(key);
    }

    /**
     * Decides whether another node may run a key that has no record. Runs on the thread of the grid that is about to
     * write the claim.
     *
     * @return null if the other node may run it, else the record that it finds instead
     */
    byte @Nullable [] lend(String key, UUID borrower) {
        lent.add(key); // added before the checks, because the key may be about to run here
        if (!owned.contains(records.partition(key))) {
            return ClaimRecord.noOwner();
        }
        return inFlight.contains(key) && !borrower.equals(node)
                ? ClaimRecord.of(node, List.of()).bytes()
                : null;
    }

    /**
     * Looks up whether a key that has no record runs here. Runs on the thread of the grid that has its entry.
     *
     * @return a claim if the key runs here, null if it does not, or the marker for a key without an owner
     */
    byte @Nullable [] look(String key) {
        if (!owned.contains(records.partition(key))) {
            return ClaimRecord.noOwner();
        }
        return inFlight.contains(key) ? ClaimRecord.of(node, List.of()).bytes() : null;
    }

    /** Acquires the partitions that this node should own, then runs an action, or reports a failure. */
    void acquire(Runnable then, Consumer<RuntimeException> onProblem) {
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
        grid.ask(this::askOthers, done -> onAcquired(), problem -> onNotAcquired(failures + 1, problem));
    }

    private IgniteFuture<Void> askOthers() {
        Set<Integer> wanted;
        synchronized (this) {
            acquiring.clear();
            acquiring.addAll(records.primaryPartitions());
            acquiring.removeAll(owned);
            wanted = Set.copyOf(acquiring);
        }
        ClusterGroup others = Protocol.servers(ignite.cluster()).forRemotes();
        return wanted.isEmpty() || others.nodes().isEmpty()
                ? SettableFuture.completed()
                : ignite.compute(others).broadcastAsync(new RelinquishPartitions(wanted));
    }

    private void onAcquired() {
        List<Waiting> all;
        synchronized (this) {
            owned.addAll(acquiring); // the rest of it: another node may have asked for some meanwhile
            all = end();
        }
        all.forEach(waited -> waited.then().run());
    }

    /**
     * Retries, because a node that leaves cannot answer, and owns nothing afterwards. So retries succeed soon, or
     * never.
     */
    private void onNotAcquired(int failures, RuntimeException problem) {
        if (failures < MAX_FAILURES) {
            timer.after(Timings.ACQUIRE_RETRY.delayAfter(failures), () -> ask(failures));
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
        acquiring.clear();
        List<Waiting> all = waiting;
        waiting = new ArrayList<>();
        return all;
    }

    private record Waiting(Runnable then, Consumer<RuntimeException> onProblem) {}

    /**
     * Gives up partitions. The future completes when their keys that run here have claims.
     *
     * @param then runs after that, on another thread
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the caller has the future that may fail
    CompletableFuture<Void> relinquish(Set<Integer> partitions, Runnable then) {
        synchronized (this) {
            acquiring.removeAll(partitions);
            owned.removeAll(partitions);
        }
        CompletableFuture<Void> done = CompletableFuture.allOf(inFlight.all().stream()
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
