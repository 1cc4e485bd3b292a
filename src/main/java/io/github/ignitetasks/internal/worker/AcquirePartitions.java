package io.github.ignitetasks.internal.worker;

import java.io.Serial;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteRunnable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** Has a node begin to move the homes there that should be. */
public final class AcquirePartitions implements IgniteRunnable {
    @Serial
    private static final long serialVersionUID = 1L;

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    @Override
    public void run() {
        NodeWorker.of(ignite).homes().move(() -> {}, problem -> {});
    }
}
