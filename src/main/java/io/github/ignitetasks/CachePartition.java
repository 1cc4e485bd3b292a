package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;

/**
 * A partition of an Ignite cache, as the argument of a task that runs beside it. Immutable, safe to share.
 *
 * @param cache the name of the cache
 * @param number the number of the partition, from 0
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public record CachePartition<K, V>(String cache, int number) implements Serializable {
    /** Checks the values. */
    public CachePartition {
        requireNonNull(cache, "cache");
        if (number < 0) {
            throw new IllegalArgumentException("number must be 0 or more, but is " + number);
        }
    }

    /**
     * Returns the entries that the node of the running task has of this partition, which are all of them if the task
     * runs beside it. Close the stream.
     *
     * @throws IllegalStateException outside of a task, or if the runner has no Ignite node
     */
    public Stream<Cache.Entry<K, V>> entries() {
        TaskContext context = TaskContext.current()
                .orElseThrow(() -> new IllegalStateException("the entries of " + this + " are read by a task that runs"
                        + " beside them; this thread runs no task"));
        IgniteCache<K, V> local = context.ignite().cache(cache);
        if (local == null) {
            throw new IllegalStateException("the grid has no cache '" + cache + "' any more");
        }
        QueryCursor<Cache.Entry<K, V>> entries =
                local.query(new ScanQuery<K, V>().setPartition(number).setLocal(true));
        return StreamSupport.stream(entries.spliterator(), false).onClose(entries::close);
    }

    @Override
    public String toString() {
        return "partition " + number + " of cache '" + cache + "'";
    }
}
