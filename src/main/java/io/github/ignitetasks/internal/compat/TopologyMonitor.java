package io.github.ignitetasks.internal.compat;

import org.apache.ignite.Ignite;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.managers.discovery.DiscoCache;
import org.apache.ignite.internal.processors.affinity.AffinityTopologyVersion;
import org.apache.ignite.internal.processors.cache.GridCachePartitionExchangeManager;
import org.apache.ignite.internal.processors.cache.distributed.dht.GridDhtTopologyFuture;

/**
 * A check whether the topology of a grid stayed the same during an operation. While servers join, leave or
 * exchange partitions, the grid may answer wrongly. It may report that an existing record is missing, or that a record
 * was written which only one node has. So callers believe these two answers only if the topology did not change during
 * the operation. Clients keep no partitions, so a client that joins or leaves is no change.
 *
 * <p>Safe for use by many threads; does not block.
 */
public final class TopologyMonitor {
    private final GridKernalContext node;

    /** Creates a monitor that sees the grid from this node. */
    public TopologyMonitor(Ignite ignite) {
        this.node = ((IgniteEx) ignite).context();
    }

    /** Returns the current moment, to be compared with a later one. */
    public Moment now() {
        GridCachePartitionExchangeManager<?, ?> exchanges =
                node.cache().context().exchange();
        AffinityTopologyVersion ready = exchanges.readyAffinityVersion();
        GridDhtTopologyFuture last = exchanges.lastTopologyFuture();
        boolean settled = (last.isDone() || !last.changedAffinity()) && !hasOtherServersSince(ready.topologyVersion());
        return new Moment(exchanges.lastAffinityChangedTopologyVersion(ready), settled);
    }

    /** Returns whether a server joined or left after that version, as far as this node knows. */
    private boolean hasOtherServersSince(long version) {
        long latest = node.discovery().topologyVersion(); // unlike IgniteCluster, works while this node stops
        for (long each = version; each < latest; each++) {
            if (!hasSameServers(each, each + 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasSameServers(long before, long after) {
        DiscoCache earlier = node.discovery().discoCache(new AffinityTopologyVersion(before));
        DiscoCache later = node.discovery().discoCache(new AffinityTopologyVersion(after));
        return earlier != null && later != null && earlier.serverNodes().equals(later.serverNodes());
    }

    /** Returns whether the topology has changed since that moment, or was about to change at it. */
    public boolean since(Moment before) {
        return !before.settled() || !before.isSame(now());
    }

    /**
     * A version of the topology.
     *
     * @param ready the last change of partitions for which this node has their assignment
     * @param settled whether this node knows of no change in progress
     */
    public record Moment(AffinityTopologyVersion ready, boolean settled) {

        /**
         * Compares all fields. The JVM generates a record's own {@code equals} at its first use, which would delay a
         * node's first call.
         */
        private boolean isSame(Moment other) {
            return settled == other.settled && ready.equals(other.ready);
        }
    }
}
