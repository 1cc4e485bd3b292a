package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.execution.CallExecution;
import io.github.ignitetasks.internal.execution.CallListener;
import io.github.ignitetasks.internal.execution.NodeContext;
import io.github.ignitetasks.internal.execution.Outcome;
import io.github.ignitetasks.internal.execution.Slots;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The part of a node's worker that carries out the decisions about keys. It runs the calls of the keys that are this
 * node's, and passes their states on to be recorded. Safe to share between threads; does not block.
 *
 * @param place the node, for the calls
 * @param slots the slots in which calls run
 * @param reader reads the calls
 * @param claims the claims of this node
 * @param backups delays calls whose nodes died until the grid has its backups again
 * @param deaths names the nodes that died
 * @param recorder records states
 * @param updates tells sessions
 * @param unrecorded ends keys that get no record from here
 * @param draining tells whether calls still start
 * @param statistics counts the calls that ended
 */
record KeyRunner(
        NodeContext place,
        Slots slots,
        CallReader reader,
        HeldClaims claims,
        RebalanceMonitor backups,
        DeathReport deaths,
        Recorder recorder,
        KeyUpdates updates,
        UnrecordedKeys unrecorded,
        NodeDraining draining,
        NodeStatistics statistics) {

    /** Carries out a decision. */
    void onDecided(KeyExecution run, Claims.Decision decision) {
        if (decision instanceof Claims.Decision.Ours) {
            start(run, () -> {}, () -> {}, CallExecution::runIn);
        } else if (decision instanceof Claims.Decision.OursAfterDeaths ours) {
            backups.onceRestored(ours.claim().deaths(), () -> startAfterDeaths(run, ours.claim()));
        } else if (decision instanceof Claims.Decision.OursCounted ours) {
            backups.onceRestored(ours.claim().deaths(), () -> startCounted(run, ours.claim()));
        } else if (decision instanceof Claims.Decision.Final known) {
            updates.end(run, new CallUpdate.Told(run.key(), known.record(), true));
        } else if (decision instanceof Claims.Decision.Theirs theirs) {
            updates.end(run, new CallUpdate.Elsewhere(run.key(), theirs.node()));
        } else if (decision instanceof Claims.Decision.Deadly deadly) {
            State<?> crashed =
                    new State.Crashed<>(deaths.tooMany(run, deadly.claim()), ExecutionInfo.neverRan(place.node()));
            statistics.onEnded(run, crashed);
            recordNow(run, StateRecord.write(crashed));
        }
    }

    /**
     * Starts a call whose earlier nodes died. Its claim is marked as started first. The call runs alone once only one
     * more death may follow, so that this death shows whether the call is the cause.
     */
    private void startAfterDeaths(KeyExecution run, ClaimRecord claim) {
        CallOnNode.Preparation noting = () -> {
            claims.start(run, claim);
            if (claim.isToRunAlone()) {
                updates.beforeRunAlone(run, claim);
            }
        };
        start(run, noting, () -> {}, claim.isToRunAlone() ? CallExecution::runExclusivelyIn : CallExecution::runIn);
    }

    /**
     * Starts a call that runs again only so often after deaths. Its claim is marked as started just before its code runs,
     * so that a death counts if the code may have run, and does not if it cannot have.
     */
    private void startCounted(KeyExecution run, ClaimRecord claim) {
        start(run, () -> {}, () -> claims.start(run, claim), CallExecution::runIn);
    }

    private void start(
            KeyExecution run,
            CallOnNode.Preparation preparation,
            CallOnNode.Preparation beforeCode,
            BiConsumer<CallExecution<Object>, Slots> how) {
        CallRequest call = run.call();
        if (call.skipped()) {
            StateType type = StateRecord.type(call.bytes());
            if (type != StateType.COMPLETED) { // otherwise it is a value that somebody gave
                statistics.onSkipped(run, type);
            }
            recordNow(run, call.bytes());
            return;
        }
        Optional<ReservedPartition> partition =
                call.options().nearData().map(data -> new ReservedPartition(reader.ignite(), data));
        CallOnNode source = new CallOnNode(run, reader, preparation, beforeCode, partition);
        CallExecution<Object> execution = new CallExecution<>(call.key(), call.options(), source, place, listener(run));
        if (call.options().hasDeadline()) {
            execution.limit(call.timeLeft());
        }
        boolean wanted = run.start(execution);
        if (draining.hasBegun() && unrecorded.giveBackUnlessStarted(run)) {
            return;
        }
        if (wanted) {
            how.accept(execution, slots);
        } else if (run.drop()) {
            unrecorded.giveBack(run);
        } else {
            execution.cancel();
        }
    }

    private CallListener<Object> listener(KeyExecution run) {
        return new CallListener<>() {
            @Override
            public void ended(Outcome<Object> outcome) {
                onEnded(run, outcome);
            }

            @Override
            public void paused() {
                updates.onPaused(run);
            }

            @Override
            public void progressed(int attempt, Optional<TaskProgress> progress) {
                updates.onProgress(run, attempt, progress);
            }
        };
    }

    private void onEnded(KeyExecution run, Outcome<?> outcome) {
        if (outcome instanceof Outcome.Ended<?> ended) {
            statistics.onEnded(run, ended.state());
            ended.written()
                    .ifPresentOrElse(
                            state -> record(run, state),
                            () -> recordNow(run, StateRecord.write(ended.state()))); // no code decided it: text alone
        } else if (outcome instanceof Outcome.NotRun<?> notRun && notRun.reason() instanceof Outcome.NoData) {
            unrecorded.giveBack(run);
        } else if (outcome instanceof Outcome.NotRun<?> notRun) {
            updates.end(
                    run,
                    notRun.reason() instanceof Outcome.UpstreamsGone gone
                            ? new CallUpdate.Missing(run.key(), gone.upstreams())
                            : new CallUpdate.Returned(run.key()));
        }
    }

    /** Writes the state that a call's code has; sessions are updated only after that. */
    private void record(KeyExecution run, byte[] state) {
        run.record();
        recorder.record(run, state);
    }

    /** Writes a state that somebody waits for while no slot becomes free. */
    private void recordNow(KeyExecution run, byte[] state) {
        run.record();
        recorder.recordNow(run, state);
    }
}
