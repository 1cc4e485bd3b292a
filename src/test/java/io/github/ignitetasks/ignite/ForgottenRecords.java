package io.github.ignitetasks.ignite;

import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.io.Serial;
import java.io.Serializable;
import javax.cache.Cache;
import org.apache.ignite.cache.CacheInterceptorAdapter;
import org.apache.ignite.configuration.CacheConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The records of a grid that drops the states of tasks instead of storing them. The library's promises cannot hold on
 * such a grid. A test that fails there shows that it would notice a broken promise.
 */
public final class ForgottenRecords {
    private ForgottenRecords() {}

    /** Returns the cache configuration for a node whose grid has such records. */
    public static CacheConfiguration<String, byte[]> configuration() {
        return RecordCache.configuration().setInterceptor(new DropStates());
    }

    private static final class DropStates extends CacheInterceptorAdapter<String, byte[]> implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public byte @Nullable [] onBeforePut(Cache.Entry<String, byte[]> entry, byte[] record) {
            return StateRecord.isState(record) ? null : record;
        }
    }
}
