package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.internal.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Writes the tasks that run, the longest first, at most {@value #MAX_ROWS}. */
final class RunningRows {
    static final int MAX_ROWS = 50;

    private record Row(ActiveCall call, String node) {}

    private RunningRows() {}

    /** Returns the calls that the nodes report. */
    static Collection<ActiveCall> callsOf(List<NodeReport> nodes) {
        return nodes.stream().flatMap(node -> node.calls().stream()).toList();
    }

    /** Writes the calls of the nodes. */
    static void write(JsonWriter json, List<NodeReport> nodes) {
        List<Row> rows = new ArrayList<>();
        long all = 0;
        for (NodeReport node : nodes) {
            node.calls().forEach(call -> rows.add(new Row(call, node.node())));
            all += Math.max(node.activeCalls(), node.calls().size());
        }
        rows.sort(Comparator.comparing((Row row) -> row.call.elapsed()).reversed());
        int shown = Math.min(MAX_ROWS, rows.size());
        json.field("shown", shown).field("of", all).array("rows");
        rows.subList(0, shown).forEach(row -> write(json, row));
        json.endArray();
    }

    private static void write(JsonWriter json, Row row) {
        ActiveCall call = row.call;
        json.object()
                .field("key", call.key()) // whole, as the page asks for it
                .field("name", JsonWriter.cut(call.name().orElse(TaskCounts.UNNAMED), FrameWriter.MAX_TEXT))
                .field("node", JsonWriter.cut(row.node, FrameWriter.MAX_TEXT))
                .field("phase", call.phase().toString())
                .field("elapsed", call.elapsed().toMillis())
                .field("attempt", call.attempt());
        call.waitsFor().ifPresent(waits -> json.field("waitsFor", JsonWriter.cut(waits, FrameWriter.MAX_TEXT)));
        if (call.progress().isPresent()) {
            TaskProgress progress = call.progress().get();
            json.object("progress")
                    .field("done", progress.done())
                    .field("total", progress.total())
                    .field("text", progress.text())
                    .endObject();
        } else {
            json.nullField("progress");
        }
        json.endObject();
    }

    /** Returns the state of a task whose call is in a phase, in the words of the counts. */
    static String stateOf(ActiveCall.Phase phase) {
        return switch (phase) {
            case RUNNING, WAITING, CANCELLING -> "running";
            case RETRYING -> "retrying";
            case HELD_UP -> "queued";
        };
    }
}
