package io.github.ignitetasks.observe;

import static io.github.ignitetasks.observe.FrameParts.NOW;
import static io.github.ignitetasks.observe.FrameParts.counts;
import static io.github.ignitetasks.observe.FrameParts.cut;
import static io.github.ignitetasks.observe.FrameParts.failure;
import static io.github.ignitetasks.observe.FrameParts.graphNode;
import static io.github.ignitetasks.observe.FrameParts.histogram;
import static io.github.ignitetasks.observe.FrameParts.mapOf;
import static io.github.ignitetasks.observe.FrameParts.node;
import static io.github.ignitetasks.observe.FrameParts.row;
import static io.github.ignitetasks.observe.FrameParts.running;
import static io.github.ignitetasks.observe.FrameParts.setGraph;
import static io.github.ignitetasks.observe.FrameParts.setNames;
import static io.github.ignitetasks.observe.FrameParts.setRates;
import static io.github.ignitetasks.observe.FrameParts.setStream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Frames of sessions that no server has run, for tests of the page. The same call gives the same frame. */
final class SampleFrames {
    private SampleFrames() {}

    /** Returns a session that has no tasks. */
    static Map<String, Object> empty() {
        Map<String, Object> frame = new LinkedHashMap<>();
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("name", "ignite-1");
        session.put("description", "");
        session.put("started", NOW - 4500);
        session.put("now", NOW);
        session.put("ended", null);
        session.put("slots", 8);
        frame.put("session", session);
        setNames(frame, List.of(), 0);
        frame.put("failures", cut(List.of(), 0));
        setStream(frame, List.of(), List.of(), List.of(), 0, 0);
        frame.put("running", cut(List.of(), 0));
        frame.put("nodes", cut(List.of(), 0));
        setRates(frame, List.of(), List.of(), histogram(), histogram());
        setGraph(frame, List.of(), List.of());
        frame.put("dropped", 0);
        return frame;
    }

    /** Returns a session with ten tasks of two names. */
    static Map<String, Object> tenTasks() {
        Map<String, Object> frame = empty();
        setNames(
                frame,
                List.of(
                        counts(
                                "square",
                                Map.of("submitted", 9, "completed", 5, "failed", 1, "running", 2, "queued", 1)),
                        counts("sum", Map.of("submitted", 1, "waiting", 1))),
                2);
        frame.put("failures", cut(List.of(failure("square", "number 7 is odd", 1, "ten/square/7")), 1));
        setStream(
                frame,
                List.of(row("node-1", 0), row("node-1", 1)),
                List.of("square"),
                List.of(
                        List.of(0, NOW - 50_000, NOW - 42_000, 0, 1, 0),
                        List.of(0, NOW - 40_000, NOW - 20_000, 0, 2, 0),
                        List.of(1, NOW - 30_000, NOW - 10_000, 0, 3, 1)),
                6,
                2);
        frame.put(
                "running",
                cut(
                        List.of(
                                running("ten/square/8", "square", "running", 6200),
                                running("ten/square/9", "square", "running", 1800)),
                        3));
        frame.put("nodes", cut(List.of(node("node-1", 2, 0, false)), 1));
        setRates(
                frame, List.of(1, 2, 0, 3, 0), List.of(0, 0, 0, 1, 0), histogram(1, 2, 3), histogram(0, 0, 0, 1, 3, 2));
        setGraph(frame, List.of(graphNode("square", 9, 6, 1), graphNode("sum", 1, 0, 0)), List.of(List.of(0, 1, 9)));
        Map<String, Object> graph = new LinkedHashMap<>(mapOf(frame, "graph"));
        graph.put(
                "tasks",
                Map.of(
                        "nodes",
                        List.of(
                                Map.of("key", "ten/square/1", "name", "square", "state", "COMPLETED"),
                                Map.of("key", "ten/square/7", "name", "square", "state", "FAILED"),
                                Map.of("key", "ten/sum", "name", "sum", "state", "waiting")),
                        "edges",
                        List.of(List.of(0, 2), List.of(1, 2))));
        frame.put("graph", graph);
        return frame;
    }

    /** Returns a grid of two nodes, of which one is lost, whose calls have two names. */
    static Map<String, Object> grid() {
        Map<String, Object> frame = tenTasks();
        frame.put("kind", "grid");
        mapOf(frame, "session").put("name", "grid");
        mapOf(frame, "session").put("description", "1 server answers; no answer from node-2");
        setNames(
                frame,
                List.of(
                        counts(
                                "fetch",
                                Map.of("submitted", 70, "completed", 40, "failed", 25, "running", 2, "queued", 3)),
                        counts("parse", Map.of("submitted", 5, "completed", 5))),
                2);
        frame.put("stream", null);
        frame.put("nodes", cut(List.of(node("node-1", 2, 0, false), node("node-2", 2, 2, true)), 2));
        Map<String, Object> rates = new LinkedHashMap<>(mapOf(frame, "rates"));
        rates.put("wait", null);
        rates.put("run", null);
        frame.put("rates", rates);
        frame.put("graph", null);
        frame.put("dropped", 24);
        return frame;
    }

    /** Returns a session with 100,000 tasks: as large as a frame gets. */
    static Map<String, Object> manyTasks() {
        Map<String, Object> frame = empty();
        Random random = new Random(7);
        List<String> names = IntStream.range(0, 200)
                .mapToObj(number -> number == 199 ? "(others)" : "task-number-" + number)
                .toList();
        setNames(
                frame,
                names.stream()
                        .map(name -> counts(
                                name,
                                Map.of("submitted", 500, "completed", 300, "failed", 1, "running", 1, "waiting", 198)))
                        .toList(),
                1200);
        List<Map<String, Object>> rows = IntStream.range(0, 64)
                .mapToObj(slot -> row("node-" + slot / 8, slot % 8))
                .toList();
        List<List<Object>> bars = new ArrayList<>();
        for (int bar = 0; bar < 4000; bar++) {
            long start = NOW - 60_000 + bar / 64 * 960L;
            bars.add(List.of(
                    bar % 64,
                    start,
                    start + 400 + random.nextInt(500),
                    random.nextInt(200),
                    15,
                    bar % 40 == 0 ? 1 : 0));
        }
        setStream(frame, rows, names, bars, 100_000, 96);
        frame.put(
                "running",
                cut(
                        IntStream.range(0, 50)
                                .mapToObj(task -> running("many/" + task, names.get(task), "running", 90_000 - task))
                                .toList(),
                        96));
        frame.put(
                "failures",
                cut(
                        IntStream.range(0, 100)
                                .mapToObj(group ->
                                        failure(names.get(group), "number is odd", 200 - group, "many/" + group))
                                .toList(),
                        140));
        frame.put(
                "nodes",
                cut(
                        IntStream.range(0, 8)
                                .mapToObj(node -> node("node-" + node, 8, 0, false))
                                .toList(),
                        12));
        List<Integer> ended = random.ints(600, 0, 9000).boxed().toList();
        setRates(
                frame, ended, ended.stream().map(count -> count / 900).toList(), histogram(5, 9, 100), histogram(1, 7));
        setGraph(
                frame,
                names.stream().map(name -> graphNode(name, 500, 301, 1)).toList(),
                IntStream.range(1, 199)
                        .mapToObj(node -> List.<Object>of(random.nextInt(node), node, 500))
                        .toList());
        frame.put("dropped", 1234);
        return frame;
    }

    /** Returns a session whose every text is this one. */
    static Map<String, Object> textEverywhere(String text) {
        Map<String, Object> frame = empty();
        mapOf(frame, "session").put("name", text);
        mapOf(frame, "session").put("description", text);
        setNames(frame, List.of(counts(text, Map.of("submitted", 2, "failed", 1, "running", 1))), 1);
        Map<String, Object> failure = new LinkedHashMap<>(failure(text, text, 1, text));
        List.of("state", "type", "frame", "stack", "node").forEach(field -> failure.put(field, text));
        frame.put("failures", cut(List.of(failure), 1));
        setStream(
                frame,
                List.of(row(text, 0)),
                List.of(text),
                List.of(List.of(0, NOW - 20_000, NOW - 10_000, 0, 1, 1)),
                1,
                1);
        Map<String, Object> running = new LinkedHashMap<>(running(text, text, text, 10));
        running.put("node", text);
        running.put("progress", Map.of("done", 1, "total", 2, "text", text));
        frame.put("running", cut(List.of(running), 1));
        frame.put("nodes", cut(List.of(node(text, 8, 1, true)), 1));
        setGraph(frame, List.of(graphNode(text, 2, 1, 1), graphNode("end", 1, 0, 0)), List.of(List.of(0, 1, 1)));
        return frame;
    }
}
