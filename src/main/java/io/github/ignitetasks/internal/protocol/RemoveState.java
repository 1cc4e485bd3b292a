package io.github.ignitetasks.internal.protocol;

import java.io.Serial;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;

/**
 * An entry processor that removes the record of a given state under a key. Returns whether it did. It does not remove
 * a record of a later version, because that may be the claim of a key that runs.
 */
public final class RemoveState implements CacheEntryProcessor<String, byte[], Boolean> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = MessageVersion.current();

    /** The unique beginning of the record; empty if any state may be removed. */
    private final byte[] start;

    private RemoveState(byte[] start) {
        this.start = start;
    }

    /**
     * Returns the processor that removes only this record, not one of a later run of the key. The record may be whole
     * or a head.
     */
    public static RemoveState of(byte[] record) {
        return new RemoveState(StateRecord.start(record));
    }

    /** Returns the processor that removes the record of any state. */
    public static RemoveState any() {
        return new RemoveState(new byte[0]);
    }

    @Override
    public Boolean process(MutableEntry<String, byte[]> entry, Object... none) {
        MessageVersion.check("a removal", version);
        byte[] found = entry.getValue();
        if (found == null
                || !StateRecord.isState(found)
                || RecordVersion.isLater(found)
                || !StateRecord.startsWith(found, start)) {
            return false;
        }
        entry.remove();
        return true;
    }
}
