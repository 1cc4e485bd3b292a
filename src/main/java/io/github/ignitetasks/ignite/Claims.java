package io.github.ignitetasks.ignite;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/**
 * Decides which node runs a key, for one node: by what the grid's record of the key is when this node writes its claim.
 * Safe to share between threads; does not block.
 */
final class Claims {
    private static final int MAX_DEATHS = 3;

    private final Ignite ignite;
    private final UUID node;
    private final Records records;
    private final BiConsumer<KeyRun, Decision> onDecided;
    private final BiConsumer<KeyRun, RuntimeException> onProblem;

    /** Asks on the thread that the grid answers on. */
    private final Asking grid = new Asking(Runnable::run);

    /**
     * Makes the claims of a node.
     *
     * @param onDecided is given what was decided
     * @param onProblem is given what could not be
     */
    Claims(
            Ignite ignite,
            Records records,
            BiConsumer<KeyRun, Decision> onDecided,
            BiConsumer<KeyRun, RuntimeException> onProblem) {
        this.onDecided = onDecided;
        this.onProblem = onProblem;
        this.ignite = ignite;
        this.node = ignite.cluster().localNode().id();
        this.records = records;
    }

    /** What becomes of a key that this node was to run. */
    sealed interface Decision {

        /** This node runs it, under this claim. */
        record Ours(ClaimRecord claim) implements Decision {}

        /** It is final. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Final(byte[] record) implements Decision {}

        /** Another node runs it, and lives. */
        record Theirs(UUID node) implements Decision {}

        /** It ran on these nodes, and all have died: it is not to run again. It is claimed by this node. */
        record Deadly(ClaimRecord claim) implements Decision {}
    }

    /** Decides for keys that were not in flight on this node; each is decided apart, in any order. */
    void decide(List<KeyRun> runs) {
        if (runs.size() == 1) {
            decide(runs.get(0));
            return;
        }
        ClaimRecord claim = ClaimRecord.of(node);
        SortedSet<String> keys = new TreeSet<>(); // in one order, so that two writers never wait for each other
        runs.forEach(run -> keys.add(run.key()));
        grid.ask(
                () -> records.claimAll(keys, claim),
                found -> runs.forEach(run -> onFound(run, claim, found.get(run.key()))),
                problem -> runs.forEach(this::decide)); // what was written of it is told by its token
    }

    private void onFound(KeyRun run, ClaimRecord claim, @Nullable EntryProcessorResult<byte[]> found) {
        try {
            onFound(run, claim, found == null ? null : found.get());
        } catch (EntryProcessorException e) {
            onProblem.accept(run, e);
        }
    }

    private void decide(KeyRun run) {
        ClaimRecord claim = ClaimRecord.of(node);
        grid.ask(
                () -> records.claim(run.key(), claim),
                found -> onFound(run, claim, found),
                problem -> onProblem.accept(run, problem));
    }

    private void onFound(KeyRun run, ClaimRecord mine, byte @Nullable [] record) {
        if (record == null) {
            onDecided.accept(run, new Decision.Ours(mine));
            return;
        }
        if (StateRecord.isState(record)) {
            onDecided.accept(run, new Decision.Final(record));
            return;
        }
        ClaimRecord found = ClaimRecord.read(record);
        if (found.equals(mine)) { // the grid reported wrongly that it was there before
            onDecided.accept(run, new Decision.Ours(mine));
        } else if (!found.node().equals(node) && ignite.cluster().node(found.node()) != null) {
            onDecided.accept(run, new Decision.Theirs(found.node()));
        } else {
            takeOver(run, found);
        }
    }

    /** Claims a key whose claim nobody stands behind any more. */
    private void takeOver(KeyRun run, ClaimRecord old) {
        ClaimRecord claim = old.node().equals(node) ? old.renewed() : old.takenOverBy(node);
        grid.ask(
                () -> records.replace(run.key(), old, claim),
                replaced -> {
                    if (!replaced) {
                        decide(run);
                    } else if (claim.deaths().size() >= MAX_DEATHS) {
                        onDecided.accept(run, new Decision.Deadly(claim));
                    } else {
                        onDecided.accept(run, new Decision.Ours(claim));
                    }
                },
                problem -> onProblem.accept(run, problem));
    }

    /** Gives up the claim of a key that this node has not run. */
    void giveUp(KeyRun run, Runnable then) {
        ClaimRecord claim = run.claim();
        grid.ask(
                () -> claim.deaths().isEmpty()
                        ? records.remove(run.key(), claim)
                        : records.replace(run.key(), claim, claim.givenUp()),
                done -> then.run(),
                problem -> onProblem.accept(run, problem));
    }
}
