package io.github.ignitetasks.benchmarks.peers;

import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteCompute;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.lang.IgniteFuture;

/**
 * Executes each key once with raw Ignite. It claims the key with {@code getAndPutIfAbsentAsync}, runs
 * {@code callAsync}, and stores the result with {@code putAsync}. Each step starts as soon as the one before has ended.
 * No thread waits.
 */
public final class ClaimCallPut implements Peer {
    private final IgniteCompute compute;
    private final IgniteCache<String, Object> cache;
    private final IgniteBody body;
    private final String prefix = UUID.randomUUID() + "-";

    /** Creates a peer that runs a body on an Ignite's servers, which keep the results. */
    public ClaimCallPut(Ignite ignite, IgniteBody body) {
        this.compute = ignite.compute(ignite.cluster().forServers());
        this.cache = ignite.getOrCreateCache(safe("results-by-hand"));
        this.body = body;
    }

    /** Returns the settings of a cache that, like the cache of the records, loses no entry with one server. */
    public static <V> CacheConfiguration<String, V> safe(String name) {
        return new CacheConfiguration<String, V>(name)
                .setAtomicityMode(CacheAtomicityMode.ATOMIC)
                .setBackups(1)
                .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
                .setMaxConcurrentAsyncOperations(0);
    }

    @Override
    public Callable<Integer> start(int number) {
        String key = prefix + number;
        CompletableFuture<Integer> told = new CompletableFuture<>();
        then(cache.getAndPutIfAbsentAsync(key, UUID.randomUUID()), told, earlier -> {
            if (earlier != null) {
                throw new IllegalStateException("key " + key + " is claimed already: " + earlier);
            }
            then(
                    compute.callAsync(body.of(number)),
                    told,
                    result -> then(cache.putAsync(key, result), told, done -> told.complete(result)));
        });
        return told::get;
    }

    private static <T> void then(IgniteFuture<T> step, CompletableFuture<?> told, Consumer<T> next) {
        step.listen(done -> {
            try {
                next.accept(done.get());
            } catch (RuntimeException e) {
                told.completeExceptionally(e);
            }
        });
    }
}
