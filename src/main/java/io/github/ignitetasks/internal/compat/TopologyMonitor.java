package io.github.ignitetasks.internal.compat;

import org.apache.ignite.Ignite;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.affinity.AffinityTopologyVersion;
import org.apache.ignite.internal.processors.cache.GridCachePartitionExchangeManager;

/**
 * Whether a grid stayed as it is while it was asked, or told, something. While nodes come and go and partitions change
 * hands, it may answer that a key has no record which has one, and that a record was written which one node alone has; so
 * these two are believed only of a grid that did not change from before to after.
 *
 * <p>Safe to share between threads; does not block.
 */
public final class TopologyMonitor {
    private final GridKernalContext node;

    /** Makes one that looks at the grid from this node. */
    public TopologyMonitor(Ignite ignite) {
        this.node = ((IgniteEx) ignite).context();
    }

    /** Returns what tells this moment from all before and after a change. */
    public Moment now() {
        GridCachePartitionExchangeManager<?, ?> exchanges =
                node.cache().context().exchange();
        AffinityTopologyVersion ready = exchanges.readyAffinityVersion();
        long nodes = node.discovery().topologyVersion(); // also while this node stops, unlike that of IgniteCluster
        boolean settled = nodes == ready.topologyVersion()
                && exchanges.lastTopologyFuture().isDone();
        return new Moment(ready, nodes, settled);
    }

    /** Returns whether the grid has changed since that moment, or was about to then. */
    public boolean since(Moment before) {
        return !before.settled() || !before.isSame(now());
    }

    /**
     * A moment.
     *
     * @param ready the last change after which this node knows where each record is
     * @param nodes the last change of the grid's nodes that this node knows of
     * @param settled whether no change is under way that it knows of
     */
    public record Moment(AffinityTopologyVersion ready, long nodes, boolean settled) {

        /** Compares all; a node would wait for the JVM to make the record's own method before its first call runs. */
        private boolean isSame(Moment other) {
            return nodes == other.nodes && settled == other.settled && ready.equals(other.ready);
        }
    }
}
