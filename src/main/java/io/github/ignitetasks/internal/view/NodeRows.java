package io.github.ignitetasks.internal.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of the task stream: the lanes of all nodes. Not safe to share. */
final class NodeRows {
    static final int MAX_NODES = 200;

    /** The name for the nodes after the first {@value #MAX_NODES}. */
    static final String OTHERS = "(others)";

    /** A clock that is wrong by less than this is left alone, in microseconds. */
    private static final long CLOCK_TOLERANCE = 2_000_000;

    private final Map<String, NodeTimes> nodes = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    /**
     * A row of the stream.
     *
     * @param node the name of its node
     * @param slot the number of its lane there, from 0
     */
    record Row(String node, int slot) {}

    /** One node: its lanes, their rows, and how far its clock is off. */
    static final class NodeTimes {
        private final String name;
        private final Lanes lanes = new Lanes();
        private final List<Integer> rows = new ArrayList<>();
        private boolean heard;
        private long lastEnd = Long.MIN_VALUE;
        private long shift;

        private NodeTimes(String name) {
            this.name = name;
        }

        /**
         * Returns how many microseconds to add to a time of the node, to get one by the clock of this JVM. A task cannot
         * end after this JVM heard of its end, so the node's clock is ahead if it did.
         */
        private long shift(long end, long heardAt) {
            long behind = heardAt - end;
            boolean isFirst = !heard;
            heard = true;
            if (isFirst ? Math.abs(behind) > CLOCK_TOLERANCE : behind < shift - CLOCK_TOLERANCE) {
                shift = behind;
            }
            return shift;
        }
    }

    private NodeTimes node(String name) {
        NodeTimes known = nodes.get(name);
        if (known != null) {
            return known;
        }
        String counted = nodes.size() < MAX_NODES ? name : OTHERS;
        return nodes.computeIfAbsent(counted, NodeTimes::new);
    }

    /** Returns how many microseconds to add to the times of a task, see {@link NodeTimes#shift(long, long)}. */
    long shift(String node, long end, long heardAt) {
        return node(node).shift(end, heardAt);
    }

    /** Returns the number of the row of a task that ran from a start to an end. */
    int rowOf(String node, long start, long end) {
        NodeTimes times = node(node);
        times.lastEnd = Math.max(times.lastEnd, end);
        int lane = times.lanes.laneOf(start, end);
        if (lane == times.rows.size()) {
            times.rows.add(rows.size());
            rows.add(new Row(times.name, lane));
        }
        return times.rows.get(lane);
    }

    /** Returns when a task last ended on each node that is told apart, in microseconds since the epoch. */
    Map<String, Long> lastEnds() {
        Map<String, Long> ends = new HashMap<>();
        nodes.forEach((name, node) -> {
            if (!name.equals(OTHERS) && node.lastEnd != Long.MIN_VALUE) {
                ends.put(name, node.lastEnd);
            }
        });
        return ends;
    }

    /** Returns how many rows there are. */
    int size() {
        return rows.size();
    }

    /** Returns a row by its number. */
    Row row(int number) {
        return rows.get(number);
    }
}
