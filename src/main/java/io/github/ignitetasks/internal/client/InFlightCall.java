package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.NodeDeath;
import java.util.List;
import java.util.Optional;

/**
 * A call that was sent to a node. The {@link Dispatcher} that sent it guards its mutable state, except where a field
 * names another guard.
 */
final class InFlightCall {
    private final PreparedGridCall<?> preparedCall;
    private final long since;
    private boolean counts;

    /** Whether what the call requires is counted at its node. */
    private boolean requires;

    /**
     * The deaths after which the call runs alone on the node; empty if it does not; guarded by the {@link
     * NodeConnection}.
     */
    private List<NodeDeath> aloneAfter = List.of();

    /**
     * Makes the entry of a call that is about to be sent.
     *
     * @param counts whether the call takes one of the places of the node's {@link Window}
     * @param since when it is sent, by {@code System.nanoTime}
     */
    InFlightCall(PreparedGridCall<?> preparedCall, boolean counts, long since) {
        this.preparedCall = preparedCall;
        this.counts = counts;
        this.requires = counts;
        this.since = since;
    }

    PreparedGridCall<?> preparedCall() {
        return preparedCall;
    }

    /** Notes that the call runs alone on the node, after these deaths. */
    void runsAlone(List<NodeDeath> deaths) {
        aloneAfter = deaths;
    }

    /** Returns the orphaned call after its node is lost. */
    OrphanedCall left(NodeConnection link) {
        preparedCall.future().onMayHaveRun();
        return new OrphanedCall(preparedCall, Optional.of(link), aloneAfter);
    }

    /** Returns the entry for the watchdog's report. */
    PendingCalls.Call pendingCalls() {
        return new PendingCalls.Call(
                preparedCall.request().key(), since, preparedCall.future().latestProgress());
    }

    /** Gives up the call's place; returns whether it had one. */
    boolean giveUpPlace() {
        boolean had = counts;
        counts = false;
        return had;
    }

    /** Notes that the node does not have the call any more; returns whether its requirements were counted there. */
    boolean endRequirements() {
        boolean had = requires;
        requires = false;
        return had;
    }

    /**
     * An update of a call that was sent.
     *
     * @param sent the call
     * @param end the update
     */
    record Answer(InFlightCall sent, CallUpdate end) {}
}
