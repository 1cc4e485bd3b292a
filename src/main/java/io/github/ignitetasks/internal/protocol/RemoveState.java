package io.github.ignitetasks.internal.protocol;

import java.io.Serial;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;

/** Removes the record under a key if it is that of a state, and the one that is meant. Gives whether it did. */
public final class RemoveState implements CacheEntryProcessor<String, byte[], Boolean> {
    @Serial
    private static final long serialVersionUID = 1L;

    /** How the record begins, which is like no other of its key; empty if any state is meant. */
    private final byte[] start;

    private RemoveState(byte[] start) {
        this.start = start;
    }

    /** Removes that record alone, given whole or its head: not that of a later run of the key. */
    public static RemoveState of(byte[] record) {
        return new RemoveState(StateRecord.start(record));
    }

    /** Removes the record of any state. */
    public static RemoveState any() {
        return new RemoveState(new byte[0]);
    }

    @Override
    public Boolean process(MutableEntry<String, byte[]> entry, Object... none) {
        byte[] found = entry.getValue();
        if (found == null || !StateRecord.isState(found) || !StateRecord.startsWith(found, start)) {
            return false;
        }
        entry.remove();
        return true;
    }
}
