package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.measure.WarmUp;
import io.github.ignitetasks.benchmarks.peers.NextNumber;
import io.github.ignitetasks.benchmarks.peers.RawIgnite;
import io.github.ignitetasks.benchmarks.peers.WindowedPeer;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of the machine do tasks use that keep a core busy, on two processes with a slot for each core? The figures are
 * efficiencies: the time of the same work in plain threads, one for each core, divided by the time of the tasks. The
 * plain threads run before and after each measurement. The peer is {@code callAsync} of a named class, with as many tasks
 * under way as Ignite can bear.
 *
 * @param time the time of a task on an idle core
 */
record BusyGrid(String name, Target target, Duration time) implements Row {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURE = Duration.ofSeconds(8);

    /** The time of all tasks of a measurement on one core. */
    private static final Duration WORK = Duration.ofSeconds(1);

    private static final int MOST_TASKS = 6_000;
    private static final int IGNITES_WINDOW = 2_048;

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Testbed testbed = testbeds.gridOfAllCores();
        FreshKeys keys = new FreshKeys();
        BusyWork work = BusyWork.of((int) Math.min(MOST_TASKS, WORK.dividedBy(time)), time);
        try (TaskSession session = testbed.openSession()) {
            Side ours = () -> nanos(session, keys, work);
            WindowedPeer raw =
                    new WindowedPeer(new RawIgnite(testbed.ignite(), work::ignites), work.tasks(), IGNITES_WINDOW);
            Side peer = () -> work.tasks() * 1e9 / raw.measure();
            testbed.warmUp()
                    .run( // bursts, because load makes the JVM compile all code sooner
                            new Tasks(session, keys, Body.SMALL, Throughput.TASKS),
                            new WindowedPeer(new RawIgnite(testbed.ignite(), NextNumber::new), Throughput.TASKS));
            WarmUp.run(WARM_UP, ours, peer);
            Pairs pairs = Pairs.measure(MEASURE, efficiency(work, ours), efficiency(work, peer));
            return Answer.of(pairs, Figures::digits);
        }
    }

    private static Side efficiency(BusyWork work, Side nanos) {
        return () -> {
            double before = work.nanosInPlainThreads();
            double taken = nanos.measure();
            return (before + work.nanosInPlainThreads()) / 2 / taken;
        };
    }

    private static double nanos(TaskSession session, FreshKeys keys, BusyWork work) {
        int first = keys.take(work.tasks());
        List<TaskFuture<Integer>> futures = new ArrayList<>(work.tasks());
        long start = System.nanoTime();
        for (int i = 0; i < work.tasks(); i++) {
            futures.add(session.submit(keys.key(first + i), work.call(i)));
        }
        for (int i = 0; i < work.tasks(); i++) {
            if (futures.get(i).result() != i + 1) {
                throw new IllegalStateException(futures.get(i).key() + " has a wrong result");
            }
        }
        return System.nanoTime() - start;
    }
}
