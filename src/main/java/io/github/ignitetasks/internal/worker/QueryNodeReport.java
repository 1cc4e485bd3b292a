package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.compat.NodeInternals;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.execution.JvmLoad;
import io.github.ignitetasks.internal.node.SafeNode;
import io.github.ignitetasks.internal.protocol.LocalRecords;
import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.Serial;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** A job that returns what a node tells about itself, in the {@link NodeReportFormat}. It starts no worker. */
public final class QueryNodeReport implements IgniteCallable<byte[]> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = MessageVersion.current();

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    @Override
    public byte[] call() {
        MessageVersion.check("a query for a node's report", version);
        return NodeReportFormat.write(
                NodeWorker.find(ignite).map(NodeWorker::report).orElseGet(this::reportOfIdleNode));
    }

    /** Returns the report of a node that no call has reached. */
    private NodeReport reportOfIdleNode() {
        Ignite node = requireNonNull(ignite, "Ignite sets its instance before a job runs");
        ClusterNode local = node.cluster().localNode();
        int slots = SafeNode.fixedSlots(local).orElseGet(Runtime.getRuntime()::availableProcessors);
        JvmLoad load = JvmLoad.now();
        return new NodeReport(
                slots,
                slots,
                0,
                local.consistentId().toString(),
                local.id(),
                Instant.now(),
                load.heapUsed(),
                load.heapMax(),
                load.cpu(),
                new LocalRecords(node).count(),
                NodeInternals.of(node).usedBytes().orElse(NodeReport.UNKNOWN),
                Map.of(),
                0,
                List.of(),
                List.of());
    }
}
