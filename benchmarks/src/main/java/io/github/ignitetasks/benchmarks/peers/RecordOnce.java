package io.github.ignitetasks.benchmarks.peers;

import java.io.Serial;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;

/**
 * The body of a small task as an entry processor: it runs on the primary node of its key, unless the key has a result,
 * and the entry keeps the result.
 */
final class RecordOnce implements CacheEntryProcessor<String, Integer, Integer> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int number;

    RecordOnce(int number) {
        this.number = number;
    }

    @Override
    public Integer process(MutableEntry<String, Integer> entry, Object... arguments) {
        Integer known = entry.getValue();
        if (known != null) {
            return known;
        }
        int result = number + 1;
        entry.setValue(result);
        return result;
    }
}
