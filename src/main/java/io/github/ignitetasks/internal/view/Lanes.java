package io.github.ignitetasks.internal.view;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.TreeSet;

/**
 * The lanes of one node, in which tasks that ran at the same time lie side by side. Slots have no numbers, so lanes take
 * their place. Each task gets the lane that was free for the shortest time. If tasks come in the order of their ends,
 * there are no more lanes than tasks that overlapped. Not safe to share.
 */
final class Lanes {
    static final int MAX_LANES = 65_536;

    /** The lanes by the ends of their latest tasks. Of lanes with the same end, the one with the lowest number is last. */
    private final TreeSet<Lane> lanes = new TreeSet<>(
            comparingLong(Lane::end).thenComparing(comparingInt(Lane::number).reversed()));

    private record Lane(long end, int number) {}

    /** Returns the lane of a task that ran from a start to an end. If no lane may be added, the task overlaps others. */
    int laneOf(long start, long end) {
        Lane lane = lanes.floor(new Lane(start, -1));
        if (lane == null && lanes.size() < MAX_LANES) {
            lane = new Lane(end, lanes.size());
        } else {
            lane = lane == null ? lanes.first() : lane;
            lanes.remove(lane);
        }
        lanes.add(new Lane(Math.max(lane.end, end), lane.number));
        return lane.number;
    }
}
