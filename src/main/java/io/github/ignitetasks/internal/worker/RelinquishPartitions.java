package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.ignite.Ignite;
import org.apache.ignite.compute.ComputeJobContext;
import org.apache.ignite.lang.IgniteRunnable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.apache.ignite.resources.JobContextResource;
import org.jspecify.annotations.Nullable;

/** Asks a node to give up the homes of partitions; ends, without having taken a thread, when it has. */
final class RelinquishPartitions implements IgniteRunnable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Set<Integer> partitions;

    private transient @Nullable CompletableFuture<Void> handedOver;

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    @JobContextResource
    private transient @Nullable ComputeJobContext context;

    RelinquishPartitions(Set<Integer> partitions) {
        this.partitions = partitions;
    }

    /** Called when the job starts, and again when it goes on after it was held. */
    @Override
    public void run() {
        if (handedOver == null) {
            ComputeJobContext job = requireNonNull(context, "Ignite sets the context before a job runs");
            job.holdcc();
            handedOver = NodeWorker.of(ignite).homes().handOver(partitions, job::callcc);
        } else {
            handedOver.join();
        }
    }
}
