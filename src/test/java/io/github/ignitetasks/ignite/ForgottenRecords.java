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
 * The records of a grid that is told how tasks ended, and keeps nothing of it. What is promised cannot hold there, so
 * that a test of it shows that it would notice.
 */
public final class ForgottenRecords {
    private ForgottenRecords() {}

    /** Returns what a node is started with, for the grid to have such records. */
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
