package io.github.ignitetasks.observe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A session like those that people run: it fetches pages on three nodes, one of which was lost. For pictures and tests. */
final class CrawlFrame {
    private static final long NOW = FrameParts.NOW;
    private static final int SLOTS = 4;
    private static final List<String> NAMES = List.of("fetch", "parse", "index", "summarize");

    /** How long a task of each name takes, in milliseconds. */
    private static final List<Integer> DURATIONS = List.of(1800, 600, 2600, 6500);

    private CrawlFrame() {}

    static Map<String, Object> create() {
        Map<String, Object> frame = SampleFrames.empty();
        Map<String, Object> session = FrameParts.mapOf(frame, "session");
        session.put("name", "crawl");
        session.put("description", "cluster of 3 nodes with 4 slots each");
        session.put("started", NOW - 427_000);
        session.put("slots", 3 * SLOTS);
        setCounts(frame);
        setFailures(frame);
        setBars(frame);
        setRunning(frame);
        frame.put(
                "nodes",
                FrameParts.cut(
                        List.of(
                                FrameParts.node("node-1", SLOTS, 0, false),
                                FrameParts.node("node-2", SLOTS, 1, false),
                                FrameParts.node("node-3", SLOTS, SLOTS, true)),
                        3));
        setRates(frame);
        FrameParts.setGraph(
                frame,
                List.of(
                        FrameParts.graphNode("fetch", 3000, 2755, 14),
                        FrameParts.graphNode("parse", 2600, 2398, 0),
                        FrameParts.graphNode("index", 1200, 817, 2),
                        FrameParts.graphNode("summarize", 60, 13, 0),
                        FrameParts.graphNode("publish", 1, 0, 0)),
                List.of(
                        List.of(0, 1, 2600),
                        List.of(1, 2, 2400),
                        List.of(1, 3, 600),
                        List.of(2, 3, 1200),
                        List.of(3, 4, 60)));
        return frame;
    }

    private static void setCounts(Map<String, Object> frame) {
        Map<String, Integer> fetch = Map.of(
                "submitted",
                3000,
                "completed",
                2741,
                "failed",
                14,
                "running",
                3,
                "queued",
                227,
                "retrying",
                15,
                "retries",
                63);
        Map<String, Integer> parse =
                Map.of("submitted", 2600, "completed", 2398, "running", 2, "queued", 44, "waiting", 156, "cached", 410);
        Map<String, Integer> index = Map.of(
                "submitted",
                1200,
                "completed",
                811,
                "crashed",
                2,
                "notReady",
                4,
                "running",
                1,
                "queued",
                9,
                "waiting",
                373);
        Map<String, Integer> summarize =
                Map.of("submitted", 60, "completed", 12, "notReady", 1, "running", 1, "waiting", 46);
        FrameParts.setNames(
                frame,
                List.of(
                        FrameParts.counts("fetch", fetch),
                        FrameParts.counts("parse", parse),
                        FrameParts.counts("index", index),
                        FrameParts.counts("summarize", summarize),
                        FrameParts.counts("publish", Map.of("submitted", 1, "waiting", 1))),
                5);
    }

    private static void setFailures(Map<String, Object> frame) {
        Map<String, Object> timeout = FrameParts.failure("fetch", "request timed out", 11, "crawl/fetch/01811");
        timeout.put("type", "java.net.http.HttpTimeoutException");
        timeout.put("frame", "com.example.crawl.Fetch.read(Fetch.java:48)");
        Map<String, Object> busy =
                FrameParts.failure("fetch", "status 503 of archive.example.org", 3, "crawl/fetch/00219");
        busy.put("type", "java.io.IOException");
        busy.put("frame", "com.example.crawl.Fetch.read(Fetch.java:52)");
        Map<String, Object> crash =
                FrameParts.failure("index", "three nodes left while the task ran", 2, "crawl/index/0807");
        crash.put("state", "CRASHED");
        crash.put("type", "");
        crash.put("frame", "");
        crash.put("stack", "");
        frame.put("failures", FrameParts.cut(List.of(timeout, busy, crash), 3));
    }

    private static void setBars(Map<String, Object> frame) {
        Random random = new Random(11);
        List<Map<String, Object>> rows = IntStream.range(0, 3 * SLOTS)
                .mapToObj(slot -> FrameParts.row("node-" + (1 + slot / SLOTS), slot % SLOTS))
                .toList();
        List<List<Object>> bars = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            long stop = row < 2 * SLOTS ? NOW : NOW - 31_000;
            long start = NOW - 60_000 + random.nextInt(1500);
            while (true) {
                int draw = random.nextInt(100);
                int name = draw < 45 ? 0 : draw < 75 ? 1 : draw < 96 ? 2 : 3;
                long end = start + (long) (DURATIONS.get(name) * (0.5 + random.nextDouble()));
                if (end > stop) {
                    break;
                }
                bars.add(List.of(row, start, end, name, 1, name == 0 && random.nextInt(14) == 0 ? 1 : 0));
                start = end + 40 + random.nextInt(200);
            }
        }
        FrameParts.setStream(frame, rows, NAMES, bars, bars.size(), rows.size());
    }

    private static void setRunning(Map<String, Object> frame) {
        Map<String, Object> waiting = FrameParts.running("crawl/summarize/011", "summarize", "waiting", 42_100);
        waiting.put("waitsFor", "task 'crawl/parse/0831'");
        Map<String, Object> summarize = FrameParts.running("crawl/summarize/012", "summarize", "running", 18_400);
        summarize.put("progress", Map.of("done", 74, "total", 120, "text", "pages"));
        Map<String, Object> index = FrameParts.running("crawl/index/0831", "index", "running", 7210);
        Map<String, Object> fetch =
                new LinkedHashMap<>(FrameParts.running("crawl/fetch/02790", "fetch", "retrying", 6100));
        fetch.put("attempt", 3);
        frame.put("running", FrameParts.cut(List.of(waiting, summarize, index, fetch), 8));
    }

    private static void setRates(Map<String, Object> frame) {
        Random random = new Random(5);
        List<Integer> ended = IntStream.range(0, 427)
                .mapToObj(second -> Math.max(
                        0, (int) (15 + 5 * Math.sin(second / 30.0) + random.nextInt(5)) - (second > 396 ? 6 : 0)))
                .toList();
        List<Integer> failed = IntStream.range(0, 427)
                .mapToObj(second -> random.nextInt(30) == 0 ? 1 : 0)
                .toList();
        FrameParts.setRates(
                frame,
                ended,
                failed,
                FrameParts.histogram(40, 80, 210, 320, 530, 700, 910, 1020, 860, 640, 410, 220, 90, 40, 9, 2),
                FrameParts.histogram(0, 0, 0, 2, 9, 40, 130, 320, 560, 1040, 1630, 1410, 640, 190, 40, 8, 1));
    }
}
