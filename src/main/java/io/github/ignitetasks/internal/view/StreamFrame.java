package io.github.ignitetasks.internal.view;

import static java.util.Comparator.comparing;

import io.github.ignitetasks.internal.json.JsonWriter;
import io.github.ignitetasks.internal.view.NodeRows.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the stream of tasks: a row for each lane of a node, a bar for each task, and the span of time that they are
 * from. The span is the last minute. If fewer than {@value #MIN_TASKS} tasks ended in it, it begins earlier.
 */
final class StreamFrame {
    static final int MAX_ROWS = 64;
    static final int MIN_TASKS = 1_000;

    private static final long MINUTE = 60_000_000;

    /** In a span that is shorter than this, bars have fractions of milliseconds. */
    private static final long SHORT = 20_000_000;

    private final TaskRing ring;
    private final NodeRows rows;
    private final TaskNames names;
    private final FrameLimits limits;

    StreamFrame(TaskRing ring, NodeRows rows, TaskNames names, FrameLimits limits) {
        this.ring = ring;
        this.rows = rows;
        this.names = names;
        this.limits = limits;
    }

    /**
     * Writes the stream.
     *
     * @param started when the session started, in microseconds since the epoch
     * @param now the time now, or when the session ended
     * @param ran how many tasks have run and ended; may have overflowed
     */
    void write(JsonWriter json, long started, long now, int ran) {
        int first = first(now - MINUTE);
        long from = from(first, started, now);
        long to = now;
        int tasks = 0;
        boolean[] used = new boolean[rows.size()];
        for (int i = first; i < ring.size(); i++) {
            used[ring.row(i)] = true;
            to = Math.max(to, ring.end(i));
            tasks = Math.max(tasks, ran - ring.number(i) + 1);
        }
        List<Integer> shown = shown(used);
        int[] places = new int[rows.size()];
        Arrays.fill(places, -1);
        for (int place = 0; place < shown.size(); place++) {
            places[shown.get(place)] = place;
        }
        StreamBars bars = new StreamBars(ring, first, from, places, shown.size(), limits.bars());
        bars.merge((to - from) / limits.pixels());

        json.field("from", from / 1_000).field("to", (to + 999) / 1_000);
        json.field("tasks", tasks).field("drawn", bars.tasks());
        json.field("rowsShown", shown.size()).field("rowsOf", count(used));
        writeRows(json, shown);
        writeBars(json, bars, to - from < SHORT);
    }

    /** Returns the index of the first task that is shown. */
    private int first(long minuteAgo) {
        int first = ring.size();
        while (first > 0
                && (limits.isWholeStream() || ring.size() - first < MIN_TASKS || ring.end(first - 1) >= minuteAgo)) {
            first--;
        }
        return first;
    }

    private long from(int first, long started, long now) {
        if (ring.size() == 0) {
            return started;
        }
        if (first == 0 && !ring.hasDropped()) {
            long start = now;
            long end = now;
            for (int i = 0; i < ring.size(); i++) {
                start = Math.min(start, ring.start(i));
                end = Math.min(end, ring.end(i));
            }
            return Math.min(
                    end, Math.max(started, start)); // a clock may be behind, so that the end is before the start
        }
        long oldest = ring.end(Math.min(first, ring.size() - 1));
        return Math.max(started, first == 0 ? oldest : Math.min(now - MINUTE, oldest));
    }

    private static int count(boolean[] used) {
        int count = 0;
        for (boolean is : used) {
            count += is ? 1 : 0;
        }
        return count;
    }

    /** Returns the rows that are shown: the first lanes of all nodes, ordered by node. */
    private List<Integer> shown(boolean[] used) {
        List<Integer> all = new ArrayList<>();
        for (int row = 0; row < used.length; row++) {
            if (used[row]) {
                all.add(row);
            }
        }
        all.sort(comparing((Integer row) -> row(row).slot()));
        List<Integer> shown = new ArrayList<>(all.subList(0, Math.min(MAX_ROWS, all.size())));
        shown.sort(comparing((Integer row) -> row(row).node()).thenComparing(row -> row(row).slot()));
        return shown;
    }

    private Row row(int number) {
        return rows.row(number);
    }

    private void writeRows(JsonWriter json, List<Integer> shown) {
        json.array("rows");
        for (int number : shown) {
            json.object()
                    .field("node", row(number).node())
                    .field("slot", row(number).slot())
                    .endObject();
        }
        json.endArray();
    }

    private void writeBars(JsonWriter json, StreamBars bars, boolean isShort) {
        int[] places = new int[names.size()];
        Arrays.fill(places, -1);
        int count = 0;
        json.array("names");
        for (int i = 0; i < bars.size(); i++) {
            int name = bars.bar(i).name;
            if (places[name] < 0) {
                places[name] = count++;
                json.value(JsonWriter.cut(names.name(name), FrameWriter.MAX_TEXT));
            }
        }
        json.endArray().array("bars");
        for (int i = 0; i < bars.size(); i++) {
            StreamBars.Bar bar = bars.bar(i);
            json.array().value(bar.place);
            time(json, bar.start, isShort);
            time(json, bar.end, isShort);
            json.value(places[bar.name]).value(bar.tasks).value(bar.failed);
            if (bar.isMixed) {
                json.value(1);
            }
            json.endArray();
        }
        json.endArray();
    }

    private static void time(JsonWriter json, long micros, boolean exactly) {
        json.millis(exactly ? micros : micros / 1_000 * 1_000);
    }
}
