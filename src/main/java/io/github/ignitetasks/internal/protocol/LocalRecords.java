package io.github.ignitetasks.internal.protocol;

import io.github.ignitetasks.internal.node.RecordCache;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.cache.CachePeekMode;

/**
 * The records that one node keeps, for somebody who only looks. It neither creates their cache nor asks other nodes.
 *
 * @param ignite the node
 */
public record LocalRecords(Ignite ignite) {

    private Optional<IgniteCache<String, byte[]>> cache() {
        return ignite.cacheNames().contains(RecordCache.NAME)
                ? Optional.ofNullable(ignite.cache(RecordCache.NAME))
                : Optional.empty();
    }

    /** Returns how many records and claims this node has as their primary node; 0 if the grid has no records. */
    public long count() {
        return cache().map(cache -> cache.localSizeLong(CachePeekMode.PRIMARY)).orElse(0L);
    }

    /** Returns the record of a key, if this node keeps it or its backup. */
    public Optional<byte[]> find(String key) {
        return cache().flatMap(cache ->
                Optional.ofNullable(cache.localPeek(key, CachePeekMode.PRIMARY, CachePeekMode.BACKUP)));
    }

    /** Gives each record of a user's key of which this node is the primary node, one at a time, in no order. */
    public void forEach(BiConsumer<String, byte[]> action) {
        cache().ifPresent(cache -> {
            for (Cache.Entry<String, byte[]> entry : cache.localEntries(CachePeekMode.PRIMARY)) {
                if (!PermitRecord.isKeyOfLibrary(entry.getKey())) {
                    action.accept(entry.getKey(), entry.getValue());
                }
            }
        });
    }
}
