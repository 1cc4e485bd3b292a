package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.Serial;
import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * An entry processor that writes a claim at the owner of a key, unless the key has a record or the owner runs it.
 * Returns the record that stands then: the claim if it was written, else the record in its place.
 */
final class ClaimIfFree implements CacheEntryProcessor<String, byte[], byte[]> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = MessageVersion.current();
    private final byte[] claim;
    private final UUID claimant;

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    ClaimIfFree(ClaimRecord claim) {
        this.claim = claim.bytes();
        this.claimant = claim.node();
    }

    @Override
    public byte[] process(MutableEntry<String, byte[]> entry, Object... none) {
        MessageVersion.check("a request for a claim", version);
        byte[] found = entry.getValue();
        if (found == null) {
            found = NodeWorker.lend(ignite, entry.getKey(), claimant);
        }
        if (found == null) {
            entry.setValue(claim);
            return claim;
        }
        return found;
    }
}
