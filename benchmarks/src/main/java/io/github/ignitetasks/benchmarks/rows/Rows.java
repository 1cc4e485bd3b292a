package io.github.ignitetasks.benchmarks.rows;

import static io.github.ignitetasks.benchmarks.measure.Target.atLeast;
import static io.github.ignitetasks.benchmarks.measure.Target.atMost;
import static io.github.ignitetasks.benchmarks.measure.Target.below;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.benchmarks.measure.Group;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.peers.AffinityOnce;
import io.github.ignitetasks.benchmarks.peers.ClaimCallPut;
import io.github.ignitetasks.benchmarks.peers.HazelcastDurable;
import io.github.ignitetasks.benchmarks.peers.HazelcastExpert;
import io.github.ignitetasks.benchmarks.peers.InvokeAll;
import io.github.ignitetasks.benchmarks.peers.NextNumber;
import io.github.ignitetasks.benchmarks.peers.RawIgnite;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The rows of the table of results. */
public final class Rows {
    private static final double SECOND = 1e9;

    /** The number of tasks for Hazelcast. It is lower than for other peers, because Hazelcast is slower. */
    private static final int HAZELCASTS_TASKS = 1_000;

    private static final Throughput.PeerOf RAW = testbed -> new RawIgnite(testbed.ignite(), Body.SMALL::ignites);

    private Rows() {}

    /** Returns all rows in groups, in the order of the table. */
    public static List<Group> groups() throws InterruptedException {
        List<Row> onTheGrid = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        for (Row row : all()) {
            if (row.name().contains(".grid.")) {
                onTheGrid.add(row);
            } else {
                groups.add(new Group(List.of(row), false));
            }
        }
        groups.add(new Group(onTheGrid, true));
        return groups;
    }

    private static List<Row> all() throws InterruptedException {
        BusyWork busy = BusyWork.of(4_000, Duration.ofMillis(1));
        return List.of(
                new Throughput(
                        "throughput.embedded.raw-ignite",
                        atLeast(1.2, 2),
                        Testbeds::embedded,
                        Body.SMALL,
                        RAW,
                        Throughput.TASKS),
                new Throughput(
                        "throughput.embedded.raw-ignite-class",
                        atLeast(1, 1.5),
                        Testbeds::embedded,
                        Body.SMALL,
                        testbed -> new RawIgnite(testbed.ignite(), NextNumber::new),
                        Throughput.TASKS),
                new Throughput(
                        "throughput.embedded.hazelcast-durable",
                        atLeast(10, 20),
                        Testbeds::embedded,
                        Body.SMALL,
                        testbed -> HazelcastDurable.start(),
                        HAZELCASTS_TASKS),
                new Throughput(
                        "throughput.embedded.hazelcast-expert",
                        atLeast(1.25, 2),
                        Testbeds::embedded,
                        Body.SMALL,
                        testbed -> HazelcastExpert.durable(),
                        Throughput.TASKS),
                new Throughput(
                        "throughput.embedded.hazelcast-map",
                        atLeast(0.33, 0.67),
                        Testbeds::embedded,
                        Body.SMALL,
                        testbed -> HazelcastExpert.submitToKey(),
                        Throughput.TASKS),
                new ThroughputOfDask("throughput.embedded.dask", atLeast(100, 250)),
                new Latency("latency.embedded.raw-ignite", atMost(2.5, 1.5), Testbeds::embedded, RAW),
                new Chain("chain.embedded.raw-ignite", atMost(2.5, 1.5)),
                new Makespan(
                        "makespan.busy-1ms",
                        atMost(1.15, 1.05),
                        Testbeds::embedded,
                        busy.tasks(),
                        busy::call,
                        busy::nanosInPlainThreads),
                new Scale("scale.1m-vs-10k", atMost(1.15, 1.05)),
                dashboard("embedded.open", atLeast(0.95, 0.98), Testbeds::embedded, true),
                dashboard("embedded.closed", atLeast(0.95, 1), Testbeds::embedded, false),
                map("local", testbeds -> ThreadPoolTaskRunner.create()),
                map("embedded", testbeds -> on(testbeds.embedded())),
                new Start("start.embedded", atMost(1.15, 1.05)),
                new FutureMemory("memory.future", atMost(400, 250).in("B")),
                new Makespan(
                        "makespan.sleep-100ms",
                        atMost(1.1, 1.05),
                        testbeds -> testbeds.grid(2, 4),
                        64,
                        number -> Makespan.sleeping(number, Duration.ofMillis(100)),
                        () -> 0.8 * SECOND),
                new MixedBurst("mixed.slow-in-burst", atMost(2, 1.2)),
                busy("50us", Duration.ofNanos(50_000)),
                busy("200us", Duration.ofNanos(200_000)),
                busy("1ms", Duration.ofMillis(1)),
                busy("4ms", Duration.ofMillis(4)),
                new Makespan(
                        "makespan.uneven",
                        atMost(1.1, 1.05),
                        testbeds -> testbeds.grid(2, 1),
                        101,
                        number -> Makespan.sleeping(number, Duration.ofMillis(number == 0 ? 1_000 : 20)),
                        () -> 1.5 * SECOND),
                new RecordMemory("memory.record", atMost(400, 250).in("B")),
                new PassThrough("large.pass-through", below(1, 0.1).in("%")),
                new Throughput(
                        "throughput.grid.raw-ignite",
                        atLeast(1.2, 2),
                        Testbeds::grid,
                        Body.SMALL,
                        RAW,
                        Throughput.TASKS),
                new Throughput(
                        "throughput.grid.raw-ignite-class",
                        atLeast(1.2, 2),
                        Testbeds::grid,
                        Body.SMALL,
                        testbed -> new RawIgnite(testbed.ignite(), NextNumber::new),
                        Throughput.TASKS),
                new Throughput(
                        "throughput.grid.invoke-all",
                        atLeast(1, 1.5),
                        Testbeds::grid,
                        Body.SMALL,
                        testbed -> new InvokeAll(testbed.ignite()),
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
                new NearThroughput("near.grid.affinity-call", atLeast(0.5, 1)),
                new LocalReads("near.grid.local-reads", atLeast(1, 1)),
                new Latency("latency.grid.raw-ignite", atMost(2.5, 1.5), Testbeds::grid, RAW),
                new Latency(
                        "latency.grid.affinity-once",
                        atMost(1.2, 1),
                        Testbeds::grid,
                        testbed -> new AffinityOnce(testbed.ignite())),
                inFlight(4),
                inFlight(16),
                inFlight(32),
                inFlight(64),
                new Upstream("upstream.grid.futures", atMost(2.5, 1.5)),
                map("grid", testbeds -> on(testbeds.grid())),
                dashboard("grid.open", atLeast(0.95, 0.98), Testbeds::grid, true),
                dashboard("grid.closed", atLeast(0.95, 1), Testbeds::grid, false),
                new MemoHit("memo-hit.grid.cache-get", atMost(3, 1.5)));
    }

    private static Row inFlight(int underWay) {
        return new InFlight("in-flight.grid." + underWay, atMost(3, 1.5), underWay);
    }

    private static Row dashboard(
            String what, Target target, Function<Testbeds, ? extends Testbed> place, boolean isOpen) {
        return new DashboardCost("dashboard." + what, target, place, isOpen);
    }

    private static Row map(String where, Function<Testbeds, TaskRunner> runner) {
        return new MapAgainstSubmit("map." + where + ".submit", atMost(1.05, 1), runner);
    }

    private static TaskRunner on(Testbed testbed) {
        return IgniteTaskRunner.builder().ignite(testbed.ignite()).build();
    }

    private static Row busy(String name, Duration time) {
        return new BusyGrid("busy." + name, atLeast(1, 1.15), time);
    }
}
