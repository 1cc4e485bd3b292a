package io.github.ignitetasks.benchmarks.peers;

import java.io.Serial;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteCompute;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** Runs and records each key once, by {@code affinityCallAsync}: the call looks for a result, runs, and records it. */
public final class AffinityOnce implements Peer {
    private final IgniteCompute compute;
    private final String prefix = UUID.randomUUID() + "-";

    /** Creates a peer that runs calls, and records their results, on an Ignite's servers. */
    public AffinityOnce(Ignite ignite) {
        RecordCache.of(ignite);
        this.compute = ignite.compute(ignite.cluster().forServers());
    }

    @Override
    public Callable<Integer> start(int number) {
        String key = prefix + number;
        IgniteFuture<Integer> result = compute.affinityCallAsync(RecordCache.NAME, key, new Once(key, number));
        return result::get;
    }

    /** A call beside its key. */
    private static final class Once implements IgniteCallable<Integer> {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String key;
        private final int number;

        @IgniteInstanceResource
        private transient @Nullable Ignite ignite;

        Once(String key, int number) {
            this.key = key;
            this.number = number;
        }

        @Override
        public Integer call() {
            if (ignite == null) {
                throw new IllegalStateException("Ignite did not inject itself");
            }
            IgniteCache<String, Integer> cache = ignite.cache(RecordCache.NAME);
            Integer known = cache.get(key);
            if (known != null) {
                return known;
            }
            int result = number + 1;
            RecordCache.expiring(cache).put(key, result);
            return result;
        }
    }
}
