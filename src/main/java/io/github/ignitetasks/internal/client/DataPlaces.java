package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.NearData;
import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.node.RecordCache;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.affinity.Affinity;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;

/**
 * The places of data that calls run beside. Safe to share between threads.
 *
 * @param grid the grid that has the data
 */
record DataPlaces(GridAccess grid) {

    /**
     * Returns the options with the partition of the key that they name. Blocks on the grid, the first time for a cache.
     *
     * @throws IllegalArgumentException if there is no such cache or partition
     */
    CallOptions resolve(CallOptions options) {
        Optional<NearData> data = options.nearData();
        return data.isPresent() ? options.near(resolve(data.get())) : options;
    }

    /**
     * Returns the affinity of a cache. Blocks on the grid, the first time for a cache.
     *
     * @throws IllegalArgumentException if there is no such cache
     * @throws IllegalStateException if the grid is away
     */
    Affinity<Object> affinity(String cache) {
        Ignite ignite = grid.ignite();
        if (!isThere(cache)) {
            Set<String> others = new TreeSet<>(ignite.cacheNames());
            others.remove(RecordCache.NAME);
            throw new IllegalArgumentException(
                    "there is no cache '" + cache + "' on the grid; its caches are " + others);
        }
        return ignite.affinity(cache);
    }

    /** Returns whether there is a cache. From now on, this node follows the moves of its partitions. */
    private boolean isThere(String cache) {
        try {
            return grid.ignite().cache(cache) != null;
        } catch (RuntimeException e) {
            if (IgniteErrors.isClientDisconnected(e)) {
                throw new IllegalStateException(
                        "the grid is away, so nobody knows where cache '" + cache
                                + "' is; submit the task again when the grid is back",
                        e);
            }
            throw e;
        }
    }

    private NearData resolve(NearData data) {
        Affinity<Object> affinity = affinity(data.cache());
        int partition = data.key()
                .map(affinity::partition)
                .orElseGet(() -> data.partition().orElseThrow());
        if (partition >= affinity.partitions()) {
            throw new IllegalArgumentException("partition must be below " + affinity.partitions()
                    + ", the number of partitions of cache '" + data.cache() + "', but is " + partition);
        }
        return NearData.partition(data.cache(), partition);
    }

    /** Returns the primary node of a partition now; null if there is none. Does not block. */
    @Nullable
    ClusterNode nodeOf(NearData data) {
        return grid.ignite()
                .affinity(data.cache())
                .mapPartitionToNode(data.partition().orElseThrow());
    }
}
