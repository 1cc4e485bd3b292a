package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The nodes that have reported, or on which tasks ended, at most {@value #MAX_NODES}. A node that stops reporting stays as a lost one, until its
 * place is needed. Not safe to share.
 */
final class SeenNodes {
    static final int MAX_NODES = 200;

    private final Map<String, Seen> nodes = new HashMap<>();
    private int reporting;

    private record Seen(NodeReport report, long time, boolean isLost) {}

    /** Notes what the nodes report, at a time in milliseconds since the epoch. */
    void note(List<NodeReport> reports, long now) {
        reporting = reports.size();
        nodes.replaceAll((name, seen) -> new Seen(seen.report, seen.time, true));
        for (NodeReport report : reports) {
            if (nodes.containsKey(report.node()) || nodes.size() < MAX_NODES || removeLost()) {
                nodes.put(report.node(), new Seen(report, now, false));
            }
        }
    }

    /** Notes nodes on which tasks ended, by the time of the last end in microseconds. Those that never reported are lost. */
    void noteEnds(Map<String, Long> lastEnds) {
        lastEnds.forEach((name, micros) -> {
            if (!nodes.containsKey(name) && nodes.size() < MAX_NODES) {
                nodes.put(name, new Seen(unknown(name), micros / 1_000, true));
            }
        });
    }

    private static NodeReport unknown(String node) {
        return new NodeReport(
                0,
                0,
                0,
                node,
                new UUID(0, 0),
                Instant.EPOCH,
                0,
                0,
                NodeReport.UNKNOWN,
                NodeReport.UNKNOWN,
                NodeReport.UNKNOWN,
                Map.of(),
                0,
                List.of(),
                List.of());
    }

    private boolean removeLost() {
        return nodes.values().stream()
                .filter(Seen::isLost)
                .min(Comparator.comparingLong(Seen::time))
                .map(lost -> nodes.remove(lost.report.node()) != null)
                .orElse(false);
    }

    /** Writes the nodes by name; the lost ones are the last. */
    void write(JsonWriter json) {
        List<Seen> rows = new ArrayList<>(nodes.values());
        rows.sort(Comparator.comparing(Seen::isLost).thenComparing(seen -> seen.report.node()));
        long lost = rows.stream().filter(Seen::isLost).count();
        json.field("shown", rows.size())
                .field("of", Math.max(rows.size(), reporting + lost))
                .array("rows");
        for (Seen row : rows) {
            NodeReport report = row.report;
            json.object()
                    .field("name", JsonWriter.cut(report.node(), FrameWriter.MAX_TEXT))
                    .field("slots", report.slots())
                    .field("free", report.freeSlots())
                    .field("inFlight", report.inFlight())
                    .field("heapUsed", report.heapUsed())
                    .field("heapMax", report.heapMax())
                    .field("cpu", report.cpu() < 0 ? -1 : report.cpu())
                    .field("records", report.records())
                    .field("memoryUsed", report.memoryUsed())
                    .field("seen", row.time)
                    .field("lost", row.isLost)
                    .endObject();
        }
        json.endArray();
    }
}
