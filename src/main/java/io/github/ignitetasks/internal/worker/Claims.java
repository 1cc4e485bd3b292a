package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.execution.Timings;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;

/**
 * The part of a node's worker that decides which node runs a key. If this node owns the key, it runs it unless the key
 * has a record. Otherwise the owner decides: it has the grid write a claim, or names the node that runs the key. Safe
 * to share between threads; does not block.
 */
final class Claims {
    private final Ignite ignite;
    private final UUID node;
    private final Records records;
    private final TopologyMonitor changes;
    private final OwnedPartitions owned;
    private final Timer timer;
    private final BiConsumer<KeyExecution, Decision> onDecided;
    private final BiConsumer<KeyExecution, RuntimeException> onProblem;

    /** Runs continuations on the thread that brings the grid's answer. */
    private final AsyncGrid grid = new AsyncGrid(Runnable::run);

    /**
     * Makes the claims of a node.
     *
     * @param changes detects a change of the grid, during which a record may be missed
     * @param timer schedules retries
     * @param onDecided receives decisions
     * @param onProblem receives failures to decide
     */
    Claims(
            Ignite ignite,
            Records records,
            TopologyMonitor changes,
            OwnedPartitions owned,
            Timer timer,
            BiConsumer<KeyExecution, Decision> onDecided,
            BiConsumer<KeyExecution, RuntimeException> onProblem) {
        this.ignite = ignite;
        this.node = ignite.cluster().localNode().id();
        this.records = records;
        this.changes = changes;
        this.owned = owned;
        this.timer = timer;
        this.onDecided = onDecided;
        this.onProblem = onProblem;
    }

    /** The decision about a key that this node was asked to run. */
    sealed interface Decision {

        /** This node runs the key. */
        record Ours() implements Decision {}

        /** This node runs the key, and nodes that had it before have died. */
        record OursAfterDeaths(ClaimRecord claim) implements Decision {}

        /** This node runs the key, and its claim tells when it starts. */
        record OursCounted(ClaimRecord claim) implements Decision {}

        /** The key has a final state. */
        @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
        record Final(byte[] record) implements Decision {}

        /** Another live node runs the key. */
        record Theirs(UUID node) implements Decision {}

        /** The key ran on these nodes, all of which died, and must not run again. This node holds its claim. */
        record Deadly(ClaimRecord claim) implements Decision {}
    }

    /** Decides for keys that were just put in flight on this node; each is decided separately, in any order. */
    void decide(List<KeyExecution> runs) {
        List<KeyExecution> mine = new ArrayList<>(runs.size());
        List<KeyExecution> due = new ArrayList<>();
        List<KeyExecution> others = new ArrayList<>();
        for (KeyExecution run : runs) {
            try {
                sort(run, mine, due, others);
            } catch (RuntimeException e) { // this node is stopping
                onProblem.accept(run, e);
            }
        }
        look(mine);
        ask(others);
        if (!due.isEmpty()) {
            owned.acquire(() -> decide(due), problem -> due.forEach(run -> onProblem.accept(run, problem)));
        }
    }

    private void sort(KeyExecution run, List<KeyExecution> mine, List<KeyExecution> due, List<KeyExecution> others) {
        if (owned.isDue(run.key())) {
            due.add(run);
        } else if (!run.call().deaths().isEmpty() || run.call().countsStarts()) {
            ask(run); // under a claim of its own, which counts the deaths
        } else if (owned.keeps(run)) {
            mine.add(run);
        } else {
            others.add(run);
        }
    }

    /** Looks for the records of keys that this node owns. */
    private void look(List<KeyExecution> runs) {
        TopologyMonitor.Moment before = changes.now();
        if (runs.size() == 1) {
            KeyExecution run = runs.get(0);
            grid.ask(
                    () -> records.get(run.key()),
                    found -> onLooked(run, before, found),
                    problem -> onRefused(run, problem));
        } else if (!runs.isEmpty()) {
            grid.ask(
                    () -> records.getAll(runs.stream().map(KeyExecution::key).collect(toSet())),
                    found -> runs.forEach(run -> onLooked(run, before, found.get(run.key()))),
                    problem -> runs.forEach(run -> onRefused(run, problem)));
        }
    }

    private void onLooked(KeyExecution run, TopologyMonitor.Moment before, byte @Nullable [] found) {
        if (found != null) {
            onFound(run, newClaim(run), found);
        } else if (changes.since(before)) {
            decideAgain(run);
        } else {
            onDecided.accept(run, new Decision.Ours());
        }
    }

    private void decideAgain(KeyExecution run) {
        timer.after(Timings.GRID_RETRY.delayAfter(run.countRetry()), () -> decide(List.of(run)));
    }

    /** Asks the owners of keys. */
    private void ask(List<KeyExecution> runs) {
        if (runs.size() == 1) {
            ask(runs.get(0));
        } else if (!runs.isEmpty()) {
            ClaimRecord claim = ClaimRecord.of(node, List.of());
            TopologyMonitor.Moment before = changes.now();
            grid.ask(
                    () -> records.atPrimaries(keys(runs), new ClaimIfFree(claim)),
                    found -> runs.forEach(run -> onAnswer(run, before, claim, requireNonNull(found.get(run.key())))),
                    problem -> runs.forEach(this::ask)); // if part of it was written, the token shows it
        }
    }

    private void onAnswer(
            KeyExecution run, TopologyMonitor.Moment before, ClaimRecord claim, EntryProcessorResult<byte[]> answer) {
        try {
            onAnswer(run, before, claim, answer.get());
        } catch (EntryProcessorException e) {
            onInDoubt(run, claim, e);
        }
    }

    private void ask(KeyExecution run) {
        ClaimRecord claim = newClaim(run);
        TopologyMonitor.Moment before = changes.now();
        grid.ask(
                () -> records.atPrimary(run.key(), new ClaimIfFree(claim)),
                found -> onAnswer(run, before, claim, found),
                problem -> onInDoubt(run, claim, problem));
    }

    private void onAnswer(KeyExecution run, TopologyMonitor.Moment before, ClaimRecord mine, byte @Nullable [] found) {
        if (found == null) {
            run.claimed(mine); // the claim may have been written
            decideAgain(run);
        } else if (mine.isIn(found) && changes.since(before)) {
            decideAgain(run); // the retry finds the claim, if it is still there
        } else if (ClaimRecord.isNoOwner(found)) {
            acquireAtPrimary(run);
        } else {
            onFound(run, mine, found);
        }
    }

    /** Makes a key's primary node acquire the partition, and retries. */
    private void acquireAtPrimary(KeyExecution run) {
        Runnable again = () -> decideAgain(run);
        ClusterNode primary = records.primary(run.key());
        if (primary == null || primary.id().equals(node)) {
            again.run(); // by then this node owns it, or is acquiring it
        } else {
            grid.ask(
                    () -> ignite.compute(ignite.cluster().forNode(primary)).runAsync(new AcquirePartitions()),
                    done -> again.run(),
                    problem -> again.run());
        }
    }

    private void onFound(KeyExecution run, ClaimRecord mine, byte[] record) {
        if (StateRecord.isState(record)) {
            if (run.call().counts(record)) {
                onDecided.accept(run, new Decision.Final(record));
            } else {
                removeFailure(run, record);
            }
            return;
        }
        ClaimRecord found = ClaimRecord.read(record);
        if (found.equals(mine)) {
            onClaimed(run, mine);
        } else if (found.node().equals(node)) {
            boolean hasRun = found.countsStarts() && found.started(); // and could not be recorded
            takeOver(run, found, (hasRun ? found : found.givenUp()).takenOverBy(mine)); // the key does not run here
        } else if (ignite.cluster().node(found.node()) != null) {
            onDecided.accept(run, new Decision.Theirs(found.node()));
        } else {
            takeOver(run, found, found.takenOverBy(mine));
        }
    }

    /** Removes a state that does not count for the call, as a release would, and decides again. */
    private void removeFailure(KeyExecution run, byte[] record) {
        grid.ask(
                () -> records.remove(run.key(), record),
                removed -> decide(List.of(run)),
                problem -> onRefused(run, problem));
    }

    /** Takes over a claim whose node has died or does not run the key any more. */
    private void takeOver(KeyExecution run, ClaimRecord old, ClaimRecord claim) {
        TopologyMonitor.Moment before = changes.now();
        grid.ask(
                () -> records.replace(run.key(), old, claim),
                replaced -> {
                    if (!replaced) {
                        decide(List.of(run));
                    } else if (changes.since(before)) {
                        run.claimed(claim);
                        decideAgain(run); // Ignite may report success although another claim was first
                    } else {
                        onClaimed(run, claim);
                    }
                },
                problem -> onInDoubt(run, claim, problem));
    }

    /** Keeps a claim that may have been written despite the failure, so that it is given up later. */
    private void onInDoubt(KeyExecution run, ClaimRecord claim, RuntimeException problem) {
        run.claimed(claim);
        onRefused(run, problem);
    }

    private void onRefused(KeyExecution run, RuntimeException problem) {
        if (IgniteErrors.isNodeStopping(problem)) {
            decideAgain(run);
        } else {
            onProblem.accept(run, problem);
        }
    }

    private void onClaimed(KeyExecution run, ClaimRecord claim) {
        run.claimed(claim);
        if (claim.isDeadly()) {
            onDecided.accept(run, new Decision.Deadly(claim));
        } else if (claim.countsStarts()) {
            onDecided.accept(run, new Decision.OursCounted(claim));
        } else if (claim.deaths().isEmpty()) {
            onDecided.accept(run, new Decision.Ours());
        } else {
            onDecided.accept(run, new Decision.OursAfterDeaths(claim));
        }
    }

    private ClaimRecord newClaim(KeyExecution run) {
        return ClaimRecord.of(node, run.call().deadNodes(), run.call().options().crashRetries());
    }

    /** Returns keys in one order, so that two writers never deadlock. */
    private static SortedSet<String> keys(List<KeyExecution> runs) {
        return runs.stream().map(KeyExecution::key).collect(toCollection(TreeSet::new));
    }
}
