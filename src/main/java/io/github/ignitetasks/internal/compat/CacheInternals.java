package io.github.ignitetasks.internal.compat;

import java.util.Optional;
import org.apache.ignite.Ignite;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.affinity.AffinityTopologyVersion;
import org.apache.ignite.internal.processors.cache.CacheGroupContext;
import org.apache.ignite.internal.processors.cache.GridCacheContext;
import org.apache.ignite.internal.processors.cache.distributed.dht.topology.GridDhtLocalPartition;
import org.apache.ignite.internal.processors.cache.distributed.dht.topology.GridDhtPartitionState;
import org.apache.ignite.internal.processors.cache.distributed.dht.topology.GridDhtPartitionTopology;
import org.apache.ignite.internal.util.typedef.internal.CU;
import org.jspecify.annotations.Nullable;

/** The internal state of a cache, as a node of this JVM sees it. Safe for use by many threads; does not block. */
public final class CacheInternals {
    private final GridKernalContext node;
    private final int id;
    private final @Nullable GridCacheContext<?, ?> first;

    /** Creates a view of the current cache of this name. */
    public CacheInternals(Ignite ignite, String name) {
        this.node = ((IgniteEx) ignite).context();
        this.id = CU.cacheId(name);
        this.first = node.cache().context().cacheContext(id);
    }

    /**
     * Returns whether the cache was destroyed and another cache of its name created. A public {@code IgniteCache}
     * silently continues with the new cache.
     */
    @SuppressWarnings("ReferenceEquality") // the context object is the same as long as the cache lives
    public boolean isReplaced() {
        GridCacheContext<?, ?> current = node.cache().context().cacheContext(id);
        return current != null && current != first; // null means that this node is stopping
    }

    /**
     * Reserves a partition of which this node is the primary, so that it stays here. A compute job of Ignite with an
     * affinity key does the same.
     *
     * @return gives the partition back, once; empty if this node is not its primary, or does not have all of it yet
     */
    public Optional<Runnable> reserve(int partition) {
        GridCacheContext<?, ?> cache = node.cache().context().cacheContext(id);
        if (cache == null || partition >= cache.affinity().partitions()) {
            return Optional.empty(); // the cache was destroyed or replaced, or this node has no part of it
        }
        GridDhtPartitionTopology partitions = cache.topology();
        GridDhtLocalPartition local = partitions.localPartition(partition, AffinityTopologyVersion.NONE, false);
        if (local == null || !local.reserve()) {
            return Optional.empty();
        }
        boolean isPrimary = false;
        try {
            isPrimary = local.state() == GridDhtPartitionState.OWNING
                    && cache.affinity()
                            .primaryByPartition(cache.localNode(), partition, partitions.readyTopologyVersion());
        } finally {
            if (!isPrimary) {
                local.release();
            }
        }
        return isPrimary ? Optional.of(local::release) : Optional.empty();
    }

    /**
     * Returns whether each entry has all its backups again after the latest change of topology. Ignite's public
     * rebalance events describe only one node.
     */
    public boolean isRebalanced() {
        CacheGroupContext group = node.cache().cacheGroup(id);
        if (group == null) {
            return false; // this node is stopping
        }
        GridDhtPartitionTopology partitions = group.topology();
        AffinityTopologyVersion ready = partitions.readyTopologyVersion();
        return ready.topologyVersion() == node.discovery().topologyVersion() && partitions.rebalanceFinished(ready);
    }
}
