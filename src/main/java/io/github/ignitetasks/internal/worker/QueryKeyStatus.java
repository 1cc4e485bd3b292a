package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.MessageVersion;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.io.Serial;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * An entry processor that looks up, at the owner of a key, whether the key is known. For a key with a record, it
 * returns the first byte of the state, or the claim. For a key without one, it returns a claim if the owner runs it,
 * else null. It returns a marker if the key has no owner. It writes nothing.
 *
 * <p>The entry is locked while a state is written, and the key stays in flight until after that. So a query always sees
 * a key that runs or has run.
 */
public final class QueryKeyStatus implements CacheEntryProcessor<String, byte[], byte @Nullable []> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = MessageVersion.current();

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    @Override
    public byte @Nullable [] process(MutableEntry<String, byte[]> entry, Object... none) {
        MessageVersion.check("a query for a key's status", version);
        byte[] found = entry.getValue();
        if (found == null) {
            return NodeWorker.look(ignite, entry.getKey());
        }
        return StateRecord.isState(found) ? new byte[] {found[0]} : found;
    }
}
