package io.github.ignitetasks.benchmarks.peers;

import java.io.Serial;
import java.util.concurrent.Callable;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCompute;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** Reads an entry of a cache beside it, by {@code affinityCallAsync}, without keys and records. */
public final class AffinityRead implements Peer {
    private final IgniteCompute compute;
    private final String cache;
    private final int entries;

    /** Creates a peer that reads the entries of a cache, whose keys are the numbers from 0. */
    public AffinityRead(Ignite ignite, String cache, int entries) {
        this.compute = ignite.compute(ignite.cluster().forServers());
        this.cache = cache;
        this.entries = entries;
    }

    @Override
    public Callable<Integer> start(int number) {
        int key = number % entries;
        IgniteFuture<Integer> result = compute.affinityCallAsync(cache, key, new Read(cache, key));
        return () -> result.get() - key + number;
    }

    /** A call beside its entry. */
    private static final class Read implements IgniteCallable<Integer> {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String cache;
        private final int key;

        @IgniteInstanceResource
        private transient @Nullable Ignite ignite;

        Read(String cache, int key) {
            this.cache = cache;
            this.key = key;
        }

        @Override
        public Integer call() {
            if (ignite == null) {
                throw new IllegalStateException("Ignite did not inject itself");
            }
            return ignite.<Integer, Integer>cache(cache).get(key);
        }
    }
}
