package io.github.ignitetasks.ignite;

import java.io.Serial;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.jspecify.annotations.Nullable;

/** Writes a claim under a key that has no record, at the key's home; gives the record that it had. */
final class ClaimIfFree implements CacheEntryProcessor<String, byte[], byte @Nullable []> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final byte[] claim;

    ClaimIfFree(byte[] claim) {
        this.claim = claim;
    }

    @Override
    public byte @Nullable [] process(MutableEntry<String, byte[]> entry, Object... none) {
        byte[] found = entry.getValue();
        if (found == null) {
            entry.setValue(claim);
        }
        return found;
    }
}
