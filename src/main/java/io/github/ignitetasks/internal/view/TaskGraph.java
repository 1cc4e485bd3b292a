package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.events.TaskLabel;
import io.github.ignitetasks.internal.json.JsonWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks need which, by their names: how often a task of one name had an upstream of another. Counting takes no
 * lock and allocates nothing. Safe to share between threads.
 */
final class TaskGraph {
    static final int MAX_EDGES = 1_000;

    private static final int NAMES = TaskNames.MAX_NAMES;

    private final TaskNames names;

    /** The number of edges by the numbers of their names; null before the first edge. */
    private volatile @Nullable AtomicLongArray edges;

    private record Edge(int from, int to, long count) {}

    TaskGraph(TaskNames names) {
        this.names = names;
    }

    /** Returns whether an upstream is a task, and not a value that was given to the session. */
    static boolean isTask(TaskLabel upstream) {
        return !(upstream instanceof SessionTask task && task.isGiven());
    }

    /** Counts the upstreams of a task. */
    void add(TaskLabel task, List<? extends TaskLabel> upstreams) {
        int to = names.numberOf(task);
        AtomicLongArray counts = edges();
        for (TaskLabel upstream : upstreams) {
            int from = isTask(upstream) ? names.numberOf(upstream) : NAMES;
            if (from < NAMES && to < NAMES) {
                counts.getAndIncrement(from * NAMES + to);
            }
        }
    }

    private AtomicLongArray edges() {
        AtomicLongArray known = edges;
        return known == null ? makeEdges() : known;
    }

    private synchronized AtomicLongArray makeEdges() {
        AtomicLongArray known = edges;
        if (known == null) {
            known = new AtomicLongArray(NAMES * NAMES);
            edges = known;
        }
        return known;
    }

    /**
     * Writes the graph: a node for each name, and the edges with the largest numbers.
     *
     * @param counts the counts by name, in the order of the nodes
     */
    void write(JsonWriter json, Map<String, RowCounts> counts) {
        List<String> nodes = new ArrayList<>(counts.keySet());
        json.array("nodes");
        counts.forEach((name, row) -> json.object()
                .field("name", JsonWriter.cut(name, FrameWriter.MAX_TEXT))
                .field("tasks", row.submitted())
                .field("ended", row.ended())
                .field("failed", row.failed() + row.crashed())
                .endObject());
        List<Edge> all = edgesBySize();
        json.endArray().field("edgesOf", all.size()).array("edges");
        for (Edge edge : all.subList(0, Math.min(MAX_EDGES, all.size()))) {
            int from = nodes.indexOf(names.name(edge.from));
            int to = nodes.indexOf(names.name(edge.to));
            if (from >= 0 && to >= 0) {
                json.array().value(from).value(to).value(edge.count).endArray();
            }
        }
        json.endArray();
    }

    /** Returns the edges between names, those with the largest numbers first. */
    private List<Edge> edgesBySize() {
        AtomicLongArray counts = edges;
        if (counts == null) {
            return List.of();
        }
        List<Edge> all = new ArrayList<>();
        for (int i = 0; i < counts.length(); i++) {
            long count = counts.get(i);
            if (count > 0) {
                all.add(new Edge(i / NAMES, i % NAMES, count));
            }
        }
        all.sort(Comparator.comparingLong(Edge::count).reversed());
        return all;
    }
}
