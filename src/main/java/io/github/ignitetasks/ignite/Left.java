package io.github.ignitetasks.ignite;

import io.github.ignitetasks.ignite.worker.Death;
import java.util.List;
import java.util.Optional;

/**
 * A call that has not ended and is under way no more, because its node or the grid was lost.
 *
 * @param departure the call
 * @param link the way to the node that had it; empty if it waited for one
 * @param aloneAfter the deaths after which it ran alone on that node; empty if it did not
 */
record Left(GridDeparture<?> departure, Optional<NodeLink> link, List<Death> aloneAfter) {

    /** Returns a call that waited for a node. */
    static Left waiting(GridDeparture<?> departure) {
        return new Left(departure, Optional.empty(), List.of());
    }

    /** Returns the call as it is to be sent again after the node that had it died. */
    GridDeparture<?> afterDeath() {
        return link.<GridDeparture<?>>map(lost -> departure.after(lost.death(), aloneAfter, lost.isOfAnotherGrid()))
                .orElse(departure);
    }
}
