package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.execution.CallNotRunException;
import io.github.ignitetasks.internal.execution.Outcome;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.execution.Timings;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.Records;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The claims that this node holds: it marks them as started, and gives them up. Safe to share between threads. */
final class HeldClaims {
    private final Records records;
    private final Timer timer;

    /** Runs continuations on the thread that brings the grid's answer. */
    private final AsyncGrid grid = new AsyncGrid(Runnable::run);

    /**
     * Makes the claims of a node.
     *
     * @param timer schedules retries
     */
    HeldClaims(Records records, Timer timer) {
        this.records = records;
        this.timer = timer;
    }

    /**
     * Marks in a claim that its key starts now, so that the death of its node counts. Blocks on the grid.
     *
     * @throws CallNotRunException if another node has taken the key over
     */
    void start(KeyExecution run, ClaimRecord claim) throws CallNotRunException {
        if (run.claim().orElseThrow().started()) {
            return; // the previous attempt did it
        }
        ClaimRecord started = claim.asStarted();
        // Ignite may say no although the claim was written, if a server leaves; its token tells
        if (!records.replace(run.key(), claim, started).get() && !isIn(run.key(), started)) {
            throw new CallNotRunException(new Outcome.KeyTakenOver());
        }
        run.claimed(started);
    }

    private boolean isIn(String key, ClaimRecord claim) {
        byte[] found = records.find(key);
        return found != null && claim.isIn(found);
    }

    /** Gives up the claim, if there is one, on a key that gets no record from here; reports a failure. */
    void giveUp(KeyExecution run, Runnable then, Consumer<RuntimeException> onFailed) {
        giveUp(run, ClaimRecord::givenUp, 1, then, onFailed);
    }

    /**
     * Gives up the claim on a key whose end cannot be recorded, as {@link #giveUp} does. If the claim counts starts, it
     * remains and counts this one.
     */
    void giveUpAfterRun(KeyExecution run, Runnable then, Consumer<RuntimeException> onFailed) {
        giveUp(
                run,
                claim -> claim.countsStarts() && claim.started() ? claim.usedUp() : claim.givenUp(),
                1,
                then,
                onFailed);
    }

    private void giveUp(
            KeyExecution run,
            UnaryOperator<ClaimRecord> remains,
            int tries,
            Runnable then,
            Consumer<RuntimeException> onFailed) {
        run.claim().ifPresentOrElse(claim -> giveUp(run, claim, remains, tries, then, onFailed), then);
    }

    private void giveUp(
            KeyExecution run,
            ClaimRecord claim,
            UnaryOperator<ClaimRecord> remains,
            int tries,
            Runnable then,
            Consumer<RuntimeException> onFailed) {
        ClaimRecord left = remains.apply(claim);
        // without a claim, deaths that sessions report would count although this one tells that the key never started
        boolean isNeeded = left.countsStarts() || !left.deaths().isEmpty();
        grid.ask(
                () -> isNeeded ? records.replace(run.key(), claim, left) : records.remove(run.key(), claim),
                done -> then.run(),
                problem -> {
                    if (IgniteErrors.isNodeStopping(problem)) {
                        timer.after(
                                Timings.GRID_RETRY.delayAfter(tries),
                                () -> giveUp(run, remains, tries + 1, then, onFailed));
                    } else {
                        onFailed.accept(problem);
                    }
                });
    }
}
