package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.execution.Slots;
import io.github.ignitetasks.internal.protocol.LocalRecords;
import java.util.function.LongSupplier;
import org.apache.ignite.Ignite;
import org.apache.ignite.metric.MetricRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of a worker in the metric system of its Ignite node, whose exporters read them. A reader alone makes them
 * cost something. They end with the node.
 */
record NodeMetrics(NodeStatistics statistics, Slots slots, InFlightKeys keys, LocalRecords records) {
    /** The name of the registry; Ignite puts {@code custom.} before it. */
    static final String REGISTRY = "ignitetasks";

    private static final Logger LOG = LoggerFactory.getLogger(NodeMetrics.class);

    /** Registers the metrics, in place of those of a worker that this one replaces. */
    void register(Ignite ignite) {
        ignite.metrics().remove(REGISTRY); // a registry keeps the first metric of a name
        MetricRegistry registry = ignite.metrics().getOrCreate(REGISTRY);
        for (StateType type : StateType.values()) {
            LongSupplier ended = () -> statistics.ended(type);
            registry.register(type.toString(), ended, "Tasks that ended " + type + " on this node.");
        }
        registry.register("Retries", (LongSupplier) statistics::retries, "Attempts that followed a failed one.");
        registry.register(
                "ExecutionTime",
                (LongSupplier) () -> statistics.runTime().toMillis(),
                "Total time of the last attempts of tasks that ended, in milliseconds.");
        registry.register("Slots", slots::size, "Tasks that this node runs at a time.");
        registry.register("Running", () -> slots.size() - slots.freeSlots(), "Slots that are taken.");
        registry.register("InFlight", keys::size, "Tasks that have reached this node and not ended.");
        registry.register("Records", (LongSupplier) this::recordCount, "Records of this node, without backups.");
    }

    /** Returns the number of records; unknown while the node stops, or the records were replaced. */
    private long recordCount() {
        try {
            return records.count();
        } catch (RuntimeException e) {
            LOG.debug("the records cannot be counted", e);
            return NodeReport.UNKNOWN;
        }
    }
}
