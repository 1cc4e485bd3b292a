package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;

/**
 * Decides which node runs a key, for one node. At home a key is this node's to run if it has no record. Elsewhere its
 * home is asked, which has the grid write a claim, or tells who runs it. Safe to share between threads; does not block.
 */
final class Claims {
    private static final Duration AGAIN = Duration.ofMillis(10);

    private final Ignite ignite;
    private final UUID node;
    private final Records records;
    private final TopologyMonitor changes;
    private final OwnedPartitions homes;
    private final Timer timer;
    private final BiConsumer<KeyExecution, Decision> onDecided;
    private final BiConsumer<KeyExecution, RuntimeException> onProblem;

    /** Asks on the thread that the grid answers on. */
    private final AsyncGrid grid = new AsyncGrid(Runnable::run);

    /**
     * Makes the claims of a node.
     *
     * @param changes tells whether what the grid does not find is not there
     * @param timer is used to ask again
     * @param onDecided is given what was decided
     * @param onProblem is given what could not be
     */
    Claims(
            Ignite ignite,
            Records records,
            TopologyMonitor changes,
            OwnedPartitions homes,
            Timer timer,
            BiConsumer<KeyExecution, Decision> onDecided,
            BiConsumer<KeyExecution, RuntimeException> onProblem) {
        this.ignite = ignite;
        this.node = ignite.cluster().localNode().id();
        this.records = records;
        this.changes = changes;
        this.homes = homes;
        this.timer = timer;
        this.onDecided = onDecided;
        this.onProblem = onProblem;
    }

    /** What becomes of a key that this node was to run. */
    sealed interface Decision {

        /** This node runs it. */
        record Ours() implements Decision {}

        /** This node runs it, and is not the first to do so: others died that had it. */
        record OursAfterDeaths(ClaimRecord claim) implements Decision {}

        /** It is final. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Final(byte[] record) implements Decision {}

        /** Another node runs it, and lives. */
        record Theirs(UUID node) implements Decision {}

        /** It ran on these nodes, and all have died: it is not to run again. It is claimed by this node. */
        record Deadly(List<UUID> deaths) implements Decision {}
    }

    /** Decides for keys that are in flight on this node since a moment ago; each is decided apart, in any order. */
    void decide(List<KeyExecution> runs) {
        List<KeyExecution> atHome = new ArrayList<>(runs.size());
        List<KeyExecution> due = new ArrayList<>();
        List<KeyExecution> away = new ArrayList<>();
        for (KeyExecution run : runs) {
            try {
                sort(run, atHome, due, away);
            } catch (RuntimeException e) { // this node stops
                onProblem.accept(run, e);
            }
        }
        look(atHome);
        ask(away);
        if (!due.isEmpty()) {
            homes.move(() -> decide(due), problem -> due.forEach(run -> onProblem.accept(run, problem)));
        }
    }

    private void sort(KeyExecution run, List<KeyExecution> atHome, List<KeyExecution> due, List<KeyExecution> away) {
        if (homes.isDue(run.key())) {
            due.add(run);
        } else if (!run.call().deaths().isEmpty()) {
            ask(run); // under a claim of its own, which keeps count
        } else if (homes.keeps(run)) {
            atHome.add(run);
        } else {
            away.add(run);
        }
    }

    /** Looks for the records of keys that are at home. */
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
        timer.after(AGAIN, () -> decide(List.of(run)));
    }

    /** Asks the homes of keys. */
    private void ask(List<KeyExecution> runs) {
        if (runs.size() == 1) {
            ask(runs.get(0));
        } else if (!runs.isEmpty()) {
            ClaimRecord claim = ClaimRecord.of(node, List.of());
            TopologyMonitor.Moment before = changes.now();
            grid.ask(
                    () -> records.atHomes(keys(runs), new ClaimIfFree(claim)),
                    found -> runs.forEach(run -> onAnswer(run, before, claim, requireNonNull(found.get(run.key())))),
                    problem -> runs.forEach(this::ask)); // what was written of it is told by its token
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
                () -> records.atHome(run.key(), new ClaimIfFree(claim)),
                found -> onAnswer(run, before, claim, found),
                problem -> onInDoubt(run, claim, problem));
    }

    private void onAnswer(KeyExecution run, TopologyMonitor.Moment before, ClaimRecord mine, byte @Nullable [] found) {
        if (found == null) {
            run.claimed(mine); // it may have been written
            decideAgain(run);
        } else if (mine.isIn(found) && changes.since(before)) {
            decideAgain(run); // which finds the claim, if that is still there
        } else if (ClaimRecord.isNotAtHome(found)) {
            moveHome(run);
        } else {
            onFound(run, mine, found);
        }
    }

    /** Has a key's home move to its primary node, and asks again. */
    private void moveHome(KeyExecution run) {
        Runnable again = () -> decideAgain(run);
        ClusterNode primary = records.home(run.key());
        if (primary == null || primary.id().equals(node)) {
            again.run(); // by then it is here, or moves
        } else {
            grid.ask(
                    () -> ignite.compute(ignite.cluster().forNode(primary)).runAsync(new AcquirePartitions()),
                    done -> again.run(),
                    problem -> again.run());
        }
    }

    private void onFound(KeyExecution run, ClaimRecord mine, byte[] record) {
        if (StateRecord.isState(record)) {
            onDecided.accept(run, new Decision.Final(record));
            return;
        }
        ClaimRecord found = ClaimRecord.read(record);
        if (found.equals(mine)) {
            onClaimed(run, mine);
        } else if (found.node().equals(node)) {
            takeOver(run, found, found.givenUp().takenOverBy(mine)); // it does not run here
        } else if (ignite.cluster().node(found.node()) != null) {
            onDecided.accept(run, new Decision.Theirs(found.node()));
        } else {
            takeOver(run, found, found.takenOverBy(mine));
        }
    }

    /** Claims a key whose claim nobody stands behind any more. */
    private void takeOver(KeyExecution run, ClaimRecord old, ClaimRecord claim) {
        TopologyMonitor.Moment before = changes.now();
        grid.ask(
                () -> records.replace(run.key(), old, claim),
                replaced -> {
                    if (!replaced) {
                        decide(List.of(run));
                    } else if (changes.since(before)) {
                        run.claimed(claim);
                        decideAgain(run); // Ignite may say so although another was first
                    } else {
                        onClaimed(run, claim);
                    }
                },
                problem -> onInDoubt(run, claim, problem));
    }

    /** Keeps a claim that may have been written all the same, so that it is given up. */
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
            onDecided.accept(run, new Decision.Deadly(claim.deaths()));
        } else if (claim.deaths().isEmpty()) {
            onDecided.accept(run, new Decision.Ours());
        } else {
            onDecided.accept(run, new Decision.OursAfterDeaths(claim));
        }
    }

    /**
     * Notes in a claim that its key starts now, so that its node's death counts. Waits for the grid.
     *
     * @throws LostClaimException if another node has taken the key over
     */
    void start(KeyExecution run, ClaimRecord claim) {
        if (run.claim().orElseThrow().started()) {
            return; // by the attempt before
        }
        ClaimRecord started = claim.asStarted();
        if (!records.replace(run.key(), claim, started).get()) {
            throw new LostClaimException(run.key());
        }
        run.claimed(started);
    }

    private ClaimRecord newClaim(KeyExecution run) {
        return ClaimRecord.of(node, run.call().deadNodes());
    }

    /** Returns keys in one order, so that two writers never wait for each other. */
    private static SortedSet<String> keys(List<KeyExecution> runs) {
        return runs.stream().map(KeyExecution::key).collect(toCollection(TreeSet::new));
    }

    /** Gives up the claim of a key that has no record from this node, if there is one; tells what prevents it. */
    void giveUp(KeyExecution run, Runnable then, Consumer<RuntimeException> onFailed) {
        run.claim()
                .ifPresentOrElse(
                        claim -> grid.ask(
                                () -> claim.deaths().isEmpty()
                                        ? records.remove(run.key(), claim)
                                        : records.replace(run.key(), claim, claim.givenUp()),
                                done -> then.run(),
                                problem -> onNotGivenUp(run, then, onFailed, problem)),
                        then);
    }

    private void onNotGivenUp(
            KeyExecution run, Runnable then, Consumer<RuntimeException> onFailed, RuntimeException problem) {
        if (IgniteErrors.isNodeStopping(problem)) {
            timer.after(AGAIN, () -> giveUp(run, then, onFailed));
        } else {
            onFailed.accept(problem);
        }
    }
}
