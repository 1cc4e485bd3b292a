package io.github.ignitetasks.benchmarks.peers;

import java.util.concurrent.TimeUnit;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;

/** The cache of peers that record results. Like the library's, its entries live for an hour on a grid of servers. */
final class RecordCache {
    static final String NAME = "recorded-once";

    private RecordCache() {}

    static IgniteCache<String, Integer> of(Ignite ignite) {
        IgniteCache<String, Integer> cache = ignite.getOrCreateCache(ClaimCallPut.<Integer>safe(NAME));
        boolean temporary = !ignite.cluster().localNode().isClient();
        return temporary ? cache : expiring(cache);
    }

    static IgniteCache<String, Integer> expiring(IgniteCache<String, Integer> cache) {
        return cache.withExpiryPolicy(new ModifiedExpiryPolicy(new Duration(TimeUnit.HOURS, 1)));
    }
}
