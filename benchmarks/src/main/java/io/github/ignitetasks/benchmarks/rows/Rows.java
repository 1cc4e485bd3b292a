package io.github.ignitetasks.benchmarks.rows;

import static io.github.ignitetasks.benchmarks.measure.Target.atLeast;
import static io.github.ignitetasks.benchmarks.measure.Target.atMost;

import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.peers.ClaimCallPut;
import io.github.ignitetasks.benchmarks.peers.RawIgnite;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.util.List;

/** The rows of the table of results. */
public final class Rows {
    private Rows() {}

    /** Returns all of them, in the order of the table. */
    public static List<Row> all() {
        return List.of(
                new Throughput(
                        "throughput.embedded.raw-ignite",
                        atLeast(1.2, 2),
                        Testbeds::embedded,
                        Body.SMALL,
                        testbed -> new RawIgnite(testbed.ignite(), Body.SMALL::ignites),
                        Throughput.TASKS),
                new Throughput(
                        "throughput.grid.raw-ignite",
                        atLeast(1.2, 2),
                        Testbeds::grid,
                        Body.SMALL,
                        testbed -> new RawIgnite(testbed.ignite(), Body.SMALL::ignites),
                        Throughput.TASKS),
                new Throughput(
                        "throughput.grid.claim-call-put",
                        atLeast(3, 4),
                        Testbeds::grid,
                        Body.SMALL,
                        testbed -> new ClaimCallPut(testbed.ignite(), Body.SMALL::ignites),
                        Throughput.TASKS),
                new Throughput(
                        "throughput.grid.1kb-arguments",
                        atLeast(1.2, 1.5),
                        Testbeds::grid,
                        Body.WITH_1KB,
                        testbed -> new RawIgnite(testbed.ignite(), Body.WITH_1KB::ignites),
                        Throughput.TASKS),
                new Latency("latency.embedded.raw-ignite", atMost(2.5, 1.5), Testbeds::embedded),
                new Latency("latency.grid.raw-ignite", atMost(2.5, 1.5), Testbeds::grid),
                new MemoHit("memo-hit.grid.cache-get", atMost(3, 1.5)),
                new Chain("chain.embedded.raw-ignite", atMost(2.5, 1.5)));
    }
}
