package io.github.ignitetasks.benchmarks.graphs;

import static io.github.ignitetasks.benchmarks.measure.Target.atMost;

import io.github.ignitetasks.benchmarks.measure.Row;
import java.time.Duration;
import java.util.List;

/** The rows of the graphs. The paper calls them merge-10K, merge_slow-5K-0.1 and tree-15. */
public final class GraphRows {
    private static final Duration SLOW = Duration.ofMillis(100);

    private GraphRows() {}

    /** Returns all rows. */
    public static List<Row> all() {
        return List.of(
                new ReductionRow(
                        "graph.merge",
                        atMost(1, 0.1),
                        new Merge(10_000, Duration.ZERO),
                        new Merge(2_000, Duration.ZERO),
                        Processes.OF_ALL_CORES,
                        3),
                new ReductionRow("graph.tree", atMost(1, 0.1), new Tree(15), new Tree(11), Processes.OF_ALL_CORES, 3),
                new ReductionRow(
                        "graph.merge-slow",
                        atMost(1.05, 1),
                        new Merge(5_000, SLOW),
                        new Merge(320, SLOW),
                        Processes.OF_EIGHT_SLOTS,
                        2));
    }
}
