package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.compat.Causes;
import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.compat.NodeInternals;
import io.github.ignitetasks.internal.node.Quorum;
import io.github.ignitetasks.internal.protocol.NoQuorumException;
import io.github.ignitetasks.internal.protocol.StateRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a node's worker that ends keys which get no record from this node: those that it gives back, and those
 * that the grid cannot record. Safe to share between threads; does not block.
 *
 * @param internals tells whether the node is stopping
 * @param quorum tells whether the grid has too few servers
 * @param node the node's name
 * @param claims the claims to give up
 * @param updates ends the flights
 * @param statistics counts the calls that ended
 */
record UnrecordedKeys(
        NodeInternals internals,
        Quorum quorum,
        String node,
        HeldClaims claims,
        KeyUpdates updates,
        NodeStatistics statistics) {
    private static final Logger LOG = LoggerFactory.getLogger(UnrecordedKeys.class);

    /** Gives a key back to its sessions if its call has not started; returns whether it did. */
    boolean giveBackUnlessStarted(KeyExecution run) {
        boolean back = run.withdraw();
        if (back) {
            giveBack(run);
        }
        return back;
    }

    /** Gives a key whose call does not run back to its sessions. */
    void giveBack(KeyExecution run) {
        claims.giveUp(
                run, () -> updates.end(run, new CallUpdate.Returned(run.key())), problem -> onProblem(run, problem));
    }

    /**
     * Handles a failure to decide or record a key. A stopping node sends no update: sessions notice its end, and send
     * the call elsewhere.
     */
    void onProblem(KeyExecution run, RuntimeException problem) {
        if (internals.isStopping()) {
            LOG.debug("node {} stops before key '{}' is recorded", node, run.key(), problem);
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
    void crash(KeyExecution run, Failure failure) {
        State<?> crashed = new State.Crashed<>(failure, ExecutionInfo.neverRan(node));
        statistics.onNotRecorded(run, crashed);
        CallUpdate told = new CallUpdate.Told(run.key(), StateRecord.write(crashed));
        // a claim that stays is taken over later
        claims.giveUpAfterRun(run, () -> updates.end(run, told), problem -> updates.end(run, told));
    }
}
