package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.NodeDeath;
import java.util.List;
import java.util.Optional;

/**
 * A call that was sent to a node. Its mutable part is guarded by the {@link Dispatcher} that sent it, where nothing else is
 * said.
 */
final class InFlightCall {
    private final PreparedGridCall<?> preparedCall;
    private final long since;
    private boolean counts;

    /** The deaths after which it runs alone on the node; empty if it does not; guarded by the {@link NodeConnection}. */
    private List<NodeDeath> aloneAfter = List.of();

    /**
     * Makes a note of a call that is about to be sent.
     *
     * @param counts whether it takes one of the places that the node's {@link Window} has
     * @param since when that is, by {@code System.nanoTime}
     */
    InFlightCall(PreparedGridCall<?> preparedCall, boolean counts, long since) {
        this.preparedCall = preparedCall;
        this.counts = counts;
        this.since = since;
    }

    PreparedGridCall<?> preparedCall() {
        return preparedCall;
    }

    /** Takes note that it runs alone on the node, after these deaths. */
    void runsAlone(List<NodeDeath> deaths) {
        aloneAfter = deaths;
    }

    /** Returns what is left of it when its node is lost. */
    OrphanedCall left(NodeConnection link) {
        return new OrphanedCall(preparedCall, Optional.of(link), aloneAfter);
    }

    /** Returns what is told of it if it does not end. */
    PendingCalls.Call pendingCalls() {
        return new PendingCalls.Call(preparedCall.call().key(), since);
    }

    /** Gives its place up; returns whether it had one. */
    boolean giveUpPlace() {
        boolean had = counts;
        counts = false;
        return had;
    }

    /**
     * A call that was sent, and what its node tells of it.
     *
     * @param sent the call
     * @param end what is told
     */
    record Answer(InFlightCall sent, CallUpdate end) {}
}
