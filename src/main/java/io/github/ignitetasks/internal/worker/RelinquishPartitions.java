package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.Serial;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.ignite.Ignite;
import org.apache.ignite.compute.ComputeJobContext;
import org.apache.ignite.lang.IgniteRunnable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.apache.ignite.resources.JobContextResource;
import org.jspecify.annotations.Nullable;

/** A job that asks a node to give up partitions; it completes once the node has, and holds no thread meanwhile. */
final class RelinquishPartitions implements IgniteRunnable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = MessageVersion.current();
    private final Set<Integer> partitions;

    private transient @Nullable CompletableFuture<Void> relinquished;

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    @JobContextResource
    private transient @Nullable ComputeJobContext context;

    RelinquishPartitions(Set<Integer> partitions) {
        this.partitions = partitions;
    }

    /** Gives up the partitions when the job starts, and returns or fails when the held job goes on. */
    @Override
    public void run() {
        MessageVersion.check("a request for partitions", version);
        if (relinquished == null) {
            ComputeJobContext job = requireNonNull(context, "Ignite sets the context before a job runs");
            job.holdcc();
            relinquished = NodeWorker.of(ignite).owned().relinquish(partitions, job::callcc);
        } else {
            relinquished.join();
        }
    }
}
