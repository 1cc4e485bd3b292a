package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionSnapshot;
import io.github.ignitetasks.internal.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;

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
     * @param snapshot the session and its nodes
     * @param now when; the session's end if it has ended
     * @param hasEnded whether the session has ended
     */
    synchronized byte[] write(SessionSnapshot snapshot, RunClock.Moment now, boolean hasEnded, FrameLimits limits) {
        nodes.note(snapshot.nodes(), now.millis());
        nodes.noteEnds(ended.lastEnds()); // only a live page has seen the nodes that left before the end
        NameRows names = NameRows.sorted(counts(snapshot));
        JsonWriter json = new JsonWriter().object();
        writeSession(json.object("session"), snapshot, now.millis(), hasEnded);
        names.write(json.endObject());
        ended.write(json, limits, now);
        RunningRows.write(json.object("running"), snapshot.nodes());
        nodes.write(json.endObject().object("nodes"));
        graph.write(json.endObject().object("graph").object("byName"), names.counts());
        tasks.write(
                json.endObject(),
                RunningRows.callsOf(snapshot.nodes()),
                names.totals().submitted());
        return json.endObject().endObject().bytes();
    }

    private Map<String, RowCounts> counts(SessionSnapshot snapshot) {
        Map<String, RowCounts> rows = new LinkedHashMap<>();
        session.counts()
                .byName()
                .forEach((name, counts) -> rows.put(
                        name, RowCounts.of(counts, snapshot.pending().getOrDefault(name, RowCounts.noPending()))));
        return rows;
    }

    private void writeSession(JsonWriter json, SessionSnapshot snapshot, long now, boolean hasEnded) {
        json.field("name", session.name())
                .field("description", session.description())
                .field("started", clock.startedMillis())
                .field("now", now);
        if (hasEnded) {
            json.field("ended", now);
        } else {
            json.nullField("ended");
        }
        json.field(
                "slots", snapshot.nodes().stream().mapToInt(NodeReport::slots).sum());
    }
}
