package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.Serial;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteRunnable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** A job that makes a node start to acquire the partitions that it should own. */
public final class AcquirePartitions implements IgniteRunnable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = MessageVersion.current();

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    @Override
    public void run() {
        MessageVersion.check("a request to acquire partitions", version);
        NodeWorker.of(ignite).owned().acquire(() -> {}, problem -> {});
    }
}
