package io.github.ignitetasks.ignite;

import java.util.UUID;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;

/**
 * Decides which node runs a key, for one node: by what the grid's record of the key is when this node writes its claim.
 * Safe to share between threads; does not block.
 */
final class Claims {
    private static final int MAX_DEATHS = 3;

    private final Ignite ignite;
    private final UUID node;
    private final Records records;

    /** Asks on the thread that the grid answers on. */
    private final Asking grid = new Asking(Runnable::run);

    Claims(Ignite ignite, Records records) {
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

    /** Decides for a key. */
    void decide(String key, Consumer<Decision> then, Consumer<RuntimeException> onProblem) {
        ClaimRecord claim = ClaimRecord.of(node);
        grid.ask(
                () -> records.claim(key, claim),
                found -> {
                    if (found == null) {
                        then.accept(new Decision.Ours(claim));
                    } else if (StateRecord.isState(found)) {
                        then.accept(new Decision.Final(found));
                    } else {
                        onClaimed(key, claim, ClaimRecord.read(found), then, onProblem);
                    }
                },
                onProblem);
    }

    private void onClaimed(
            String key,
            ClaimRecord mine,
            ClaimRecord found,
            Consumer<Decision> then,
            Consumer<RuntimeException> onProblem) {
        if (found.equals(mine)) { // the grid reported wrongly that it was there before
            then.accept(new Decision.Ours(mine));
        } else if (!found.node().equals(node) && ignite.cluster().node(found.node()) != null) {
            then.accept(new Decision.Theirs(found.node()));
        } else {
            takeOver(key, found, then, onProblem);
        }
    }

    /** Claims a key whose claim nobody stands behind any more. */
    private void takeOver(String key, ClaimRecord old, Consumer<Decision> then, Consumer<RuntimeException> onProblem) {
        ClaimRecord claim = old.node().equals(node) ? old.renewed() : old.takenOverBy(node);
        grid.ask(
                () -> records.replace(key, old, claim),
                replaced -> {
                    if (!replaced) {
                        decide(key, then, onProblem);
                    } else if (claim.deaths().size() >= MAX_DEATHS) {
                        then.accept(new Decision.Deadly(claim));
                    } else {
                        then.accept(new Decision.Ours(claim));
                    }
                },
                onProblem);
    }

    /** Gives up a claim of this node whose key it has not run. */
    void giveUp(String key, ClaimRecord claim, Runnable then, Consumer<RuntimeException> onProblem) {
        grid.ask(
                () -> claim.deaths().isEmpty()
                        ? records.remove(key, claim)
                        : records.replace(key, claim, claim.givenUp()),
                done -> then.run(),
                onProblem);
    }
}
