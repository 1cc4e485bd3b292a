package io.github.ignitetasks.internal.node;

import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.util.AttributeNodeFilter;

/**
 * The settings of the cache in which a grid keeps its records. The first session makes the cache where the nodes do not
 * bring it; those of this library's clusters do, as a node starts sooner with a cache than it makes one.
 *
 * <p>Each node of a grid loads the classes that these settings name, whether the cache is there or not, and halts if it
 * has not got one. So all of them are Ignite's own, and records are on the servers that have this library alone.
 */
public final class RecordCache {
    /** The cache's name. */
    public static final String NAME = "ignite-tasks-records";

    /** As many as a grid of some tens of nodes spreads well; each costs time when the cache is made. */
    private static final int PARTITIONS = 64;

    private RecordCache() {}

    /** Returns the settings: a record is on two nodes where there are two, and is there when its write has ended. */
    public static CacheConfiguration<String, byte[]> configuration() {
        return new CacheConfiguration<String, byte[]>(NAME)
                .setCacheMode(CacheMode.PARTITIONED)
                .setAtomicityMode(CacheAtomicityMode.ATOMIC)
                .setBackups(1)
                .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
                .setPartitionLossPolicy(PartitionLossPolicy.READ_WRITE_SAFE)
                .setNodeFilter(new AttributeNodeFilter(Protocol.ATTRIBUTE, Protocol.VERSION))
                .setAffinity(new RendezvousAffinityFunction(false, PARTITIONS))
                .setMaxConcurrentAsyncOperations(0); // the default blocks the thread that has one too many
    }
}
