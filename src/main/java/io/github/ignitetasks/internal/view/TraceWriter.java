package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.json.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes tasks in the Trace Event Format, which Perfetto and Chrome read: a process for each node, a thread for each lane
 * of it, and a complete event for each task.
 *
 * @see <a href="https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU">Trace Event Format</a>
 */
final class TraceWriter {
    private final ObservedSession session;
    private final OutputStream to;

    /** The number of each node, from 1. */
    private final Map<String, Integer> processes = new LinkedHashMap<>();

    TraceWriter(ObservedSession session, OutputStream to) {
        this.session = session;
        this.to = to;
    }

    /** Writes the tasks of a ring, and flushes the stream. */
    void write(TaskRing ring, NodeRows rows, TaskNames names) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(to, UTF_8));
        JsonWriter json = new JsonWriter();
        json.object()
                .field("displayTimeUnit", "ms")
                .object("otherData")
                .field("session", session.name())
                .field("description", session.description())
                .endObject();
        out.write(json.take() + ",\"traceEvents\":[");
        String separator = "\n";
        for (int i = 0; i < rows.size(); i++) {
            NodeRows.Row row = rows.row(i);
            if (!processes.containsKey(row.node())) {
                processes.put(row.node(), processes.size() + 1);
                writeName(json, "process_name", row, row.node());
                out.write(separator + json.take());
                separator = ",\n";
            }
            writeName(json, "thread_name", row, "lane " + (row.slot() + 1));
            out.write(separator + json.take());
        }
        for (int i = 0; i < ring.size(); i++) {
            writeTask(json, ring, i, rows.row(ring.row(i)), names);
            out.write(separator + json.take());
        }
        out.write("\n]}\n");
        out.flush();
    }

    private void writeName(JsonWriter json, String what, NodeRows.Row row, String name) {
        json.object().field("ph", "M").field("name", what);
        writePlace(json, row);
        json.object("args").field("name", name).endObject().endObject();
    }

    private void writePlace(JsonWriter json, NodeRows.Row row) {
        json.field("pid", processes.getOrDefault(row.node(), 0)).field("tid", row.slot() + 1);
    }

    private void writeTask(JsonWriter json, TaskRing ring, int index, NodeRows.Row row, TaskNames names) {
        json.object()
                .field("ph", "X")
                .field("name", names.name(ring.name(index)))
                .field("cat", "task");
        writePlace(json, row);
        json.field("ts", ring.start(index)).field("dur", Math.max(0, ring.end(index) - ring.start(index)));
        if (ring.type(index) != StateType.COMPLETED) {
            json.field("cname", "terrible");
        }
        json.object("args")
                .field("key", ring.key(index))
                .field("attempt", ring.attempt(index))
                .field("state", ring.type(index).toString())
                .endObject()
                .endObject();
    }
}
