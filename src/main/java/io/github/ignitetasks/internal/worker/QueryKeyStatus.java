package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.StateRecord;
import java.io.Serial;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * Looks, at the home of a key, whether that is known: gives the first byte of its record, a claim that stands for one
 * that runs at home, what stands for a key without a home, or nothing. Writes nothing.
 *
 * <p>A state is written while the entry is locked, and its key is in flight until after that; so of a key that runs or
 * has run one of the two is always seen.
 */
public final class QueryKeyStatus implements CacheEntryProcessor<String, byte[], byte @Nullable []> {
    @Serial
    private static final long serialVersionUID = 1L;

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    @Override
    public byte @Nullable [] process(MutableEntry<String, byte[]> entry, Object... none) {
        byte[] found = entry.getValue();
        if (found == null) {
            return NodeWorker.look(ignite, entry.getKey());
        }
        return StateRecord.isState(found) ? new byte[] {found[0]} : found;
    }
}
