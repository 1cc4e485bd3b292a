package io.github.ignitetasks.ignite;

import java.util.Optional;
import java.util.UUID;

/**
 * A call that has not ended and is under way no more, because its node or the grid was lost.
 *
 * @param departure the call
 * @param node the id of the node that had it; empty if it waited for one
 */
record Left(GridDeparture<?> departure, Optional<UUID> node) {

    /** Returns the call as it is to be sent again after the node that had it died. */
    GridDeparture<?> afterDeath() {
        return node.<GridDeparture<?>>map(departure::after).orElse(departure);
    }
}
