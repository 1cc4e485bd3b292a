package io.github.ignitetasks.observe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.openqa.selenium.json.Json;

/** The parts of the frames that the page of the dashboard shows. */
final class FrameParts {
    /** When each of the sessions is, in epoch milliseconds. */
    static final long NOW = 1_767_607_200_000L;

    private static final List<String> COUNTS = List.of(
            "submitted",
            "waiting",
            "queued",
            "running",
            "retrying",
            "completed",
            "failed",
            "crashed",
            "cancelled",
            "notReady",
            "cached",
            "retries");
    private static final List<Integer> BOUNDS =
            IntStream.range(0, 18).mapToObj(bit -> 1 << bit).toList();

    private FrameParts() {}

    /** Returns a frame as one line of JSON. */
    static String toJson(Map<String, Object> frame) {
        return new Json().toJson(frame).replaceAll("\n *", "");
    }

    /** Sets the counts by name, and the totals. */
    static void setNames(Map<String, Object> frame, List<Map<String, Object>> rows, int of) {
        Map<String, Object> totals = new LinkedHashMap<>();
        for (String count : COUNTS) {
            totals.put(
                    count,
                    rows.stream()
                            .mapToInt(row -> (int) row.getOrDefault(count, 0))
                            .sum());
        }
        frame.put("totals", totals);
        frame.put("names", cut(rows, of));
    }

    static Map<String, Object> counts(String name, Map<String, Integer> known) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        COUNTS.forEach(count -> row.put(count, known.getOrDefault(count, 0)));
        return row;
    }

    static Map<String, Object> cut(List<Map<String, Object>> rows, int of) {
        return Map.of("shown", rows.size(), "of", of, "rows", rows);
    }

    static Map<String, Object> row(String node, int slot) {
        return Map.of("node", node, "slot", slot);
    }

    /** Sets the bars; each is its row, start, end, number of its name, count and failed count. */
    static void setStream(
            Map<String, Object> frame,
            List<Map<String, Object>> rows,
            List<String> names,
            List<List<Object>> bars,
            int tasks,
            int rowsOf) {
        Map<String, Object> stream = new LinkedHashMap<>();
        stream.put("from", NOW - 60_000);
        stream.put("to", NOW);
        stream.put("tasks", tasks);
        stream.put("drawn", bars.stream().mapToInt(bar -> (int) bar.get(4)).sum());
        stream.put("rowsShown", rows.size());
        stream.put("rowsOf", rowsOf);
        stream.put("rows", rows);
        stream.put("names", names);
        stream.put("bars", bars);
        frame.put("stream", stream);
    }

    static Map<String, Object> failure(String name, String message, int count, String key) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("state", "FAILED");
        row.put("type", "java.lang.IllegalArgumentException");
        row.put("frame", "com.example.Numbers.check(Numbers.java:12)");
        row.put("message", message);
        row.put("count", count);
        row.put(
                "stack",
                "java.lang.IllegalArgumentException: " + message + "\n\tat com.example.Numbers.check(Numbers.java:12)");
        row.put("node", "node-1");
        row.put("attempt", 3);
        row.put("key", key);
        row.put("time", NOW - 8000);
        return row;
    }

    static Map<String, Object> running(String key, String name, String phase, long elapsed) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("key", key);
        row.put("name", name);
        row.put("node", "node-1");
        row.put("phase", phase);
        row.put("elapsed", elapsed);
        row.put("attempt", 1);
        row.put("progress", null);
        return row;
    }

    static Map<String, Object> node(String name, int slots, int free, boolean isLost) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("slots", slots);
        row.put("free", free);
        row.put("inFlight", isLost ? 0 : 4 * slots);
        row.put("heapUsed", 412_000_000L);
        row.put("heapMax", 1L << 30);
        row.put("cpu", isLost ? -1 : 0.81);
        row.put("records", 2301);
        row.put("memoryUsed", 48_000_000L);
        row.put("seen", isLost ? NOW - 31_000 : NOW - 400);
        row.put("lost", isLost);
        return row;
    }

    /** Returns a histogram with these counts, which begin at the lowest bucket. */
    static Map<String, Object> histogram(Integer... counts) {
        List<Integer> all = new ArrayList<>(List.of(counts));
        while (all.size() <= BOUNDS.size()) {
            all.add(0);
        }
        return Map.of("bounds", BOUNDS, "counts", all);
    }

    static void setRates(
            Map<String, Object> frame,
            List<Integer> ended,
            List<Integer> failed,
            Map<String, Object> wait,
            Map<String, Object> run) {
        frame.put(
                "rates",
                Map.of(
                        "step", 1000,
                        "from", NOW - 1000L * ended.size(),
                        "ended", ended,
                        "failed", failed,
                        "wait", wait,
                        "run", run));
    }

    static Map<String, Object> graphNode(String name, int tasks, int ended, int failed) {
        return Map.of("name", name, "tasks", tasks, "ended", ended, "failed", failed);
    }

    static void setGraph(Map<String, Object> frame, List<Map<String, Object>> nodes, List<List<Object>> edges) {
        Map<String, Object> graph = new LinkedHashMap<>();
        graph.put("byName", Map.of("nodes", nodes, "edges", edges));
        graph.put("tasks", null);
        frame.put("graph", graph);
    }

    /** Returns a part of a frame, to change it. */
    @SuppressWarnings("unchecked") // the parts are made above
    static Map<String, Object> mapOf(Map<String, Object> frame, String part) {
        return (Map<String, Object>) Objects.requireNonNull(frame.get(part));
    }
}
