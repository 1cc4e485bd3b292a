package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionLook;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Writes the parts of a run as one frame. It notes which nodes have reported before. Safe to share between threads. */
final class FrameWriter {
    static final int MAX_TEXT = 200;

    private final ObservedSession session;
    private final RunClock clock;
    private final EndedTasks ended;
    private final TaskGraph graph;
    private final SingleTasks tasks;
    private final SeenNodes nodes = new SeenNodes(); // guarded by this

    FrameWriter(ObservedSession session, RunClock clock, EndedTasks ended, TaskGraph graph, SingleTasks tasks) {
        this.session = session;
        this.clock = clock;
        this.ended = ended;
        this.graph = graph;
        this.tasks = tasks;
    }

    /**
     * Writes a frame.
     *
     * @param look how the session looks
     * @param now when, in milliseconds since the epoch
     * @param endedAt when the session ended; empty if it has not
     */
    synchronized byte[] write(SessionLook look, long now, OptionalLong endedAt, FrameLimits limits) {
        nodes.note(look.nodes(), now);
        Map<String, RowCounts> counts = counts(look);
        Json json = new Json().object();
        writeSession(json.object("session"), look, now, endedAt);
        counts.values().stream()
                .reduce(RowCounts.NONE, RowCounts::plus)
                .write(json.endObject().object("totals"));
        writeNames(json.endObject().object("names"), counts);
        json.endObject();
        ended.write(json, limits, endedAt.orElse(now));
        RunningRows.write(json.object("running"), look.nodes());
        nodes.write(json.endObject().object("nodes"));
        graph.write(json.endObject().object("graph").object("byName"), counts);
        tasks.write(json.endObject(), RunningRows.callsOf(look.nodes()));
        return json.endObject().endObject().bytes();
    }

    /** Returns the counts by name, the most active names first. */
    private Map<String, RowCounts> counts(SessionLook look) {
        Map<String, RowCounts> unsorted = new LinkedHashMap<>();
        session.counts()
                .byName()
                .forEach((name, counts) -> unsorted.put(
                        name, RowCounts.of(counts, look.pending().getOrDefault(name, RowCounts.noPending()))));
        Map<String, RowCounts> sorted = new LinkedHashMap<>();
        unsorted.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, RowCounts> row) ->
                                row.getValue().running())
                        .thenComparing(row -> row.getValue().pending())
                        .thenComparing(row -> row.getValue().submitted())
                        .reversed())
                .forEach(row -> sorted.put(row.getKey(), row.getValue()));
        return sorted;
    }

    private void writeSession(Json json, SessionLook look, long now, OptionalLong endedAt) {
        json.field("name", session.name())
                .field("description", session.description())
                .field("started", clock.startedMillis())
                .field("now", now);
        if (endedAt.isPresent()) {
            json.field("ended", endedAt.getAsLong());
        } else {
            json.nullField("ended");
        }
        json.field("slots", look.nodes().stream().mapToInt(NodeReport::slots).sum());
    }

    private static void writeNames(Json json, Map<String, RowCounts> counts) {
        json.field("shown", counts.size()).field("of", counts.size()).array("rows");
        counts.forEach((name, row) -> {
            row.write(json.object().field("name", Json.cut(name, MAX_TEXT)));
            json.endObject();
        });
        json.endArray();
    }
}
