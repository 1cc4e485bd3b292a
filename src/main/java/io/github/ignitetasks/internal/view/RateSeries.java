package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.internal.json.JsonWriter;

/**
 * How many tasks ended in each step of time since the session started. The step doubles when there would be too many
 * steps. Not safe to share.
 */
final class RateSeries {
    static final int MAX_STEPS = 600;

    private final long[] ended = new long[MAX_STEPS];
    private final long[] failed = new long[MAX_STEPS];
    private long step = 1_000;
    private long latest;
    private final RecentRate recent = new RecentRate();

    /** Counts tasks that ended some milliseconds after the start. */
    void add(long millis, long all, long failures) {
        long index = stepOf(millis);
        latest = Math.max(latest, millis);
        recent.add(millis, all);
        ended[(int) index] += all;
        failed[(int) index] += failures;
    }

    private long stepOf(long millis) {
        while (Math.max(0, millis) / step >= MAX_STEPS) {
            halve(ended);
            halve(failed);
            step *= 2;
        }
        return Math.max(0, millis) / step;
    }

    private static void halve(long[] counts) {
        for (int i = 0; i < MAX_STEPS; i++) {
            int from = 2 * i;
            counts[i] = from < MAX_STEPS ? counts[from] + counts[from + 1] : 0;
        }
    }

    /**
     * Writes the series up to now.
     *
     * @param started when the session started, in milliseconds since the epoch
     * @param elapsed how many milliseconds have passed since
     */
    void write(JsonWriter json, long started, long elapsed) {
        int steps = (int) stepOf(Math.max(elapsed, latest)) + 1;
        json.field("step", step).field("from", started);
        json.field("recent", recent.perSecond(Math.max(elapsed, latest)));
        write(json.array("ended"), ended, steps);
        write(json.array("failed"), failed, steps);
    }

    private static void write(JsonWriter json, long[] counts, int steps) {
        for (int i = 0; i < steps; i++) {
            json.value(counts[i]);
        }
        json.endArray();
    }
}
