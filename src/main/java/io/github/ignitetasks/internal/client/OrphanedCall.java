package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.worker.NodeDeath;
import java.util.List;
import java.util.Optional;

/**
 * A call that has not ended and is not in flight any more, because its node or the grid was lost.
 *
 * @param preparedCall the call
 * @param link the connection to the node that had it; empty if it waited for one
 * @param aloneAfter the deaths after which it ran alone on that node; empty if it did not
 */
record OrphanedCall(PreparedGridCall<?> preparedCall, Optional<NodeConnection> link, List<NodeDeath> aloneAfter) {

    /** Returns a call that waited for a node. */
    static OrphanedCall waiting(PreparedGridCall<?> preparedCall) {
        return new OrphanedCall(preparedCall, Optional.empty(), List.of());
    }

    /** Returns the call to send again after the node that had it died. */
    PreparedGridCall<?> afterDeath() {
        return link.<PreparedGridCall<?>>map(
                        lost -> preparedCall.after(lost.death(), aloneAfter, lost.isOfAnotherGrid()))
                .orElse(preparedCall);
    }
}
