package io.github.ignitetasks.cluster;

import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.configuration.CacheConfiguration;

/**
 * The settings of the cache in which a grid keeps its records. The first session makes the cache where the nodes do not
 * bring it; those of this library's clusters do, as a node starts sooner with a cache than it makes one.
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
                .setTopologyValidator(new Quorum.Validator())
                .setAffinity(new RendezvousAffinityFunction(false, PARTITIONS))
                .setMaxConcurrentAsyncOperations(0); // the default blocks the thread that has one too many
    }
}
