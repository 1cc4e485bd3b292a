package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.NearData;
import io.github.ignitetasks.internal.compat.CacheInternals;
import io.github.ignitetasks.internal.execution.CallNotRunException;
import io.github.ignitetasks.internal.execution.Outcome;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.ignite.Ignite;

/**
 * The partition of a user's cache that stays on this node while a call runs here. Each attempt
 * reserves it once and releases it once; an attempt whose code ignores its interrupt may do so after later ones have
 * begun. Safe to share between threads.
 */
final class ReservedPartition {
    private final Ignite ignite;
    private final NearData data;

    /** The actions that give reservations back, one for each reservation. */
    private final Queue<Runnable> reservations = new ConcurrentLinkedQueue<>();

    /** Takes the node, and the data beside which the call must run. */
    ReservedPartition(Ignite ignite, NearData data) {
        this.ignite = ignite;
        this.data = data;
    }

    /**
     * Reserves the partition.
     *
     * @throws CallNotRunException if this node is not its primary
     */
    void reserve() throws CallNotRunException {
        reservations.add(new CacheInternals(ignite, data.cache())
                .reserve(data.partition().orElseThrow())
                .orElseThrow(() -> new CallNotRunException(new Outcome.NoData())));
    }

    /** Gives one reservation back, if there is one. */
    void release() {
        Runnable reservation = reservations.poll();
        if (reservation != null) {
            reservation.run();
        }
    }
}
