package io.github.ignitetasks.ignite;

import java.io.Serial;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;

/**
 * Writes the record of a state, and says so. What says nothing is not believed to have written all, see {@link
 * Records#putAll}.
 */
final class WriteState implements CacheEntryProcessor<String, byte[], Boolean> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final byte[] state;

    WriteState(byte[] state) {
        this.state = state;
    }

    @Override
    public Boolean process(MutableEntry<String, byte[]> entry, Object... none) {
        entry.setValue(state);
        return true;
    }
}
