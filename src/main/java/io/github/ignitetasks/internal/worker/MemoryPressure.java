package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.compat.NodeInternals;
import io.github.ignitetasks.internal.execution.Timings;
import io.github.ignitetasks.internal.protocol.Records;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;

/**
 * The servers that had no memory for a record a moment ago, and whether some may soon have none. A full server is not
 * asked again at once, because it logs pages for each record that it refuses.
 *
 * <p>Safe to share between threads; does not block.
 */
final class MemoryPressure {
    /** The message about a record that was refused. */
    static final String REMEDY =
            "the grid has no memory left for the record of the key; release results that nobody needs"
                    + " any more, let them expire sooner (resultTtl), or give the default data region of its servers more";

    private static final long MOMENT_NANOS = Timings.FULL_SERVER.toNanos();

    /** The share of its memory from which a server counts as nearly full. */
    private static final double NEARLY = 0.75;

    private final NodeInternals node;
    private final Records records;
    private final ConcurrentMap<ClusterNode, Refusal> refusals = new ConcurrentHashMap<>();

    MemoryPressure(Ignite ignite, Records records) {
        this.node = NodeInternals.of(ignite);
        this.records = records;
    }

    private record Refusal(long nanos, RuntimeException problem) {
        boolean isRecent() {
            return System.nanoTime() - nanos < MOMENT_NANOS;
        }
    }

    /** Returns whether servers may be full soon: one was a moment ago, or this one nearly is. */
    boolean areNear() {
        return !refusals.isEmpty() || isNearlyFull();
    }

    private boolean isNearlyFull() {
        return node.usedMemory().filter(used -> used > NEARLY).isPresent();
    }

    /** Notes that servers refused the record of a key for lack of memory. */
    void onRefused(String key, RuntimeException problem) {
        Refusal refusal = new Refusal(System.nanoTime(), problem);
        records.primaryAndBackups(key).forEach(node -> refusals.put(node, refusal));
    }

    /** Returns why a record would be refused, if one on the same servers just was. */
    Optional<RuntimeException> refusal(String key) {
        if (refusals.isEmpty()) {
            return Optional.empty();
        }
        refusals.values().removeIf(refusal -> !refusal.isRecent());
        return records.primaryAndBackups(key).stream()
                .map(refusals::get)
                .filter(refusal -> refusal != null)
                .map(Refusal::problem)
                .findFirst();
    }
}
