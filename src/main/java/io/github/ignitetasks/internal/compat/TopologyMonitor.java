package io.github.ignitetasks.internal.compat;

import org.apache.ignite.Ignite;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.affinity.AffinityTopologyVersion;
import org.apache.ignite.internal.processors.cache.GridCachePartitionExchangeManager;

/**
 * A check whether the topology of a grid stayed the same during an operation. While nodes join, leave or exchange
 * partitions, the grid may answer wrongly. It may report that an existing record is missing, or that a record was
 * written which only one node has. So callers believe these two answers only if the topology did not change during the
 * operation.
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
        long nodes = node.discovery().topologyVersion(); // unlike IgniteCluster, works while this node stops
        boolean settled = nodes == ready.topologyVersion()
                && exchanges.lastTopologyFuture().isDone();
        return new Moment(ready, nodes, settled);
    }

    /** Returns whether the topology has changed since that moment, or was about to change at it. */
    public boolean since(Moment before) {
        return !before.settled() || !before.isSame(now());
    }

    /**
     * A version of the topology.
     *
     * @param ready the last change for which this node has the assignment of partitions
     * @param nodes the last change of the set of nodes that this node knows of
     * @param settled whether this node knows of no change in progress
     */
    public record Moment(AffinityTopologyVersion ready, long nodes, boolean settled) {

        /**
         * Compares all fields. The JVM generates a record's own {@code equals} at its first use, which would delay a
         * node's first call.
         */
        private boolean isSame(Moment other) {
            return nodes == other.nodes && settled == other.settled && ready.equals(other.ready);
        }
    }
}
