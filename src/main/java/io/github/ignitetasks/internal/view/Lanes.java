package io.github.ignitetasks.internal.view;

import java.util.Arrays;

/**
 * The lanes of one node, in which tasks that ran at the same time lie side by side. Slots have no numbers, so lanes take
 * their place. Each task gets the lane that was free for the shortest time. If tasks come in the order of their ends,
 * there are no more lanes than tasks that overlapped. Not safe to share.
 */
final class Lanes {
    static final int MAX_LANES = 256;

    /** When the latest task of each lane ended. */
    private long[] ends = new long[8];

    private int count;

    /** Returns the lane of a task that ran from a start to an end. If no lane may be added, the task overlaps others. */
    int laneOf(long start, long end) {
        int best = -1;
        int earliest = 0;
        for (int lane = 0; lane < count; lane++) {
            if (ends[lane] <= start && (best < 0 || ends[lane] > ends[best])) {
                best = lane;
            }
            if (ends[lane] < ends[earliest]) {
                earliest = lane;
            }
        }
        if (best < 0) {
            best = count < MAX_LANES ? add() : earliest;
        }
        ends[best] = Math.max(ends[best], end);
        return best;
    }

    private int add() {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count] = Long.MIN_VALUE;
        return count++;
    }
}
