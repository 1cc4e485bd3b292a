package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.StateType;
import java.util.Arrays;

/**
 * Merges the tasks of each row into bars. Neighbours that together are narrower than a pixel become one bar. The pixel
 * grows until there are few enough bars. Not safe to share.
 */
final class StreamBars {
    private final TaskRing ring;
    private final int first;
    private final long from;

    /** The place of each row of the ring in the picture; negative for rows that are not shown. */
    private final int[] places;

    private final int most;

    /** The finished bars. */
    private Bar[] bars;

    private int count;
    private int tasks;

    /** The latest bar of each place; changes while it takes more tasks. */
    private final Bar[] open;

    /** A bar of one or more tasks. */
    static final class Bar {
        int place;
        long start;
        long end;
        int tasks;
        int failed;

        /** The name of the longest of its tasks. */
        int name;

        /** Whether its tasks have different names. */
        boolean isMixed;

        private long longest;

        /** Returns whether the bar is no wider than a pixel with one more task; only the part in the picture has a width. */
        private boolean takes(long taskStart, long taskEnd, long from, long pixel) {
            return tasks > 0 && Math.max(end, taskEnd) - Math.max(from, Math.min(start, taskStart)) <= pixel;
        }

        private void add(long taskStart, long taskEnd, int taskName, boolean isFailed) {
            start = tasks == 0 ? taskStart : Math.min(start, taskStart);
            end = tasks == 0 ? taskEnd : Math.max(end, taskEnd);
            isMixed |= tasks > 0 && taskName != name;
            if (tasks == 0 || taskEnd - taskStart > longest) {
                longest = taskEnd - taskStart;
                name = taskName;
            }
            tasks++;
            failed += isFailed ? 1 : 0;
        }
    }

    /**
     * Makes the bars of a part of a ring.
     *
     * @param first the index of the first task
     * @param from where the picture begins, in microseconds since the epoch; a bar may have begun before
     * @param places the place of each row in the picture; negative for rows that are not shown
     * @param shown how many rows are shown
     * @param most how many bars there may be
     */
    StreamBars(TaskRing ring, int first, long from, int[] places, int shown, int most) {
        this.ring = ring;
        this.first = first;
        this.from = from;
        this.places = places;
        this.most = most;
        this.open = new Bar[shown];
        this.bars = new Bar[Math.min(most, 256)];
    }

    /** Merges the tasks, with pixels of at least so many microseconds. */
    void merge(long pixel) {
        long width = Math.max(1, pixel);
        while (!isMerged(width)) {
            width *= 2;
        }
    }

    private boolean isMerged(long pixel) {
        count = 0;
        tasks = 0;
        Arrays.setAll(open, place -> new Bar());
        for (int i = first; i < ring.size(); i++) {
            int place = places[ring.row(i)];
            if (place < 0 || ring.end(i) < from) {
                continue;
            }
            if (!open[place].takes(ring.start(i), ring.end(i), from, pixel)) {
                if (count == most) {
                    return false;
                }
                open[place] = add(place);
            }
            StateType type = ring.type(i);
            open[place].add(
                    ring.start(i), ring.end(i), ring.name(i), type == StateType.FAILED || type == StateType.CRASHED);
            tasks++;
        }
        return true;
    }

    private Bar add(int place) {
        if (count == bars.length) {
            bars = Arrays.copyOf(bars, Math.min(most, 2 * count));
        }
        Bar bar = new Bar();
        bar.place = place;
        bars[count++] = bar;
        return bar;
    }

    /** Returns how many bars there are. */
    int size() {
        return count;
    }

    /** Returns a bar by its index. */
    Bar bar(int index) {
        return bars[index];
    }

    /** Returns how many tasks the bars have. */
    int tasks() {
        return tasks;
    }
}
