package io.github.ignitetasks.internal.node;

import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.util.AttributeNodeFilter;

/**
 * The configuration of the cache in which a grid keeps its records. If the configuration of the nodes does not contain
 * the cache, the first session creates it. The clusters of this library configure it at the start, because that is
 * faster than creating it later.
 *
 * <p>Each node of a grid loads the classes that this configuration names, even if the cache does not exist, and halts
 * if one is missing. So all these classes belong to Ignite. A filter keeps records on the servers that have this
 * library.
 */
public final class RecordCache {
    /** The name of the cache. */
    public static final String NAME = "ignite-tasks-records";

    /**
     * The number of partitions. More would share keys more evenly on grids of tens of nodes, but writes to many
     * partitions cost every grid more. A grid keeps the number with which the cache was created.
     */
    private static final int PARTITIONS = 64;

    private RecordCache() {}

    /**
     * Returns the configuration. Each record has one backup if there are two nodes, and both copies are written before
     * a write completes.
     */
    public static CacheConfiguration<String, byte[]> configuration() {
        return new CacheConfiguration<String, byte[]>(NAME)
                .setCacheMode(CacheMode.PARTITIONED)
                .setAtomicityMode(CacheAtomicityMode.ATOMIC)
                .setBackups(1)
                .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
                .setPartitionLossPolicy(PartitionLossPolicy.READ_WRITE_SAFE)
                .setNodeFilter(new AttributeNodeFilter(Protocol.ATTRIBUTE, Protocol.MESSAGES))
                .setAffinity(new RendezvousAffinityFunction(false, PARTITIONS))
                .setMaxConcurrentAsyncOperations(0); // the default would block a thread at the limit
    }
}
