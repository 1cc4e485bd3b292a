package io.github.ignitetasks.internal.compat;

import org.apache.ignite.Ignite;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.affinity.AffinityTopologyVersion;
import org.apache.ignite.internal.processors.cache.CacheGroupContext;
import org.apache.ignite.internal.processors.cache.GridCacheContext;
import org.apache.ignite.internal.processors.cache.distributed.dht.topology.GridDhtPartitionTopology;
import org.apache.ignite.internal.util.typedef.internal.CU;
import org.jspecify.annotations.Nullable;

/** What a node of this JVM knows of one of its caches. Safe to share between threads; does not block. */
public final class CacheInternals {
    private final GridKernalContext node;
    private final int id;
    private final @Nullable GridCacheContext<?, ?> first;

    /** Looks at a cache as it is now. */
    public CacheInternals(Ignite ignite, String name) {
        this.node = ((IgniteEx) ignite).context();
        this.id = CU.cacheId(name);
        this.first = node.cache().context().cacheContext(id);
    }

    /**
     * Returns whether another cache of the name has taken the cache's place, as somebody destroyed it. A public {@code
     * IgniteCache} goes on with the new one without a word.
     */
    @SuppressWarnings("ReferenceEquality") // it is the same object as long as the cache lives
    public boolean isReplaced() {
        GridCacheContext<?, ?> current = node.cache().context().cacheContext(id);
        return current != null && current != first; // none: this node stops
    }

    /**
     * Returns whether each entry is on as many nodes again as it should be, after the latest change of the grid's nodes.
     * Ignite's public events of rebalancing tell of one node alone.
     */
    public boolean isRebalanced() {
        CacheGroupContext group = node.cache().cacheGroup(id);
        if (group == null) {
            return false; // this node stops
        }
        GridDhtPartitionTopology partitions = group.topology();
        AffinityTopologyVersion ready = partitions.readyTopologyVersion();
        return ready.topologyVersion() == node.discovery().topologyVersion() && partitions.rebalanceFinished(ready);
    }
}
