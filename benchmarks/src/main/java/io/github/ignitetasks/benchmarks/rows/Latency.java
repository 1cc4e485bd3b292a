package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.peers.RawIgnite;
import io.github.ignitetasks.benchmarks.peers.WindowedPeer;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;
import java.util.function.Function;
import org.apache.ignite.IgniteCompute;

/**
 * How long does a task take from its submission to its result, when nothing else runs? The peer is
 * {@code IgniteCompute.call}.
 *
 * @param place the testbed of both sides
 */
record Latency(String name, Target target, Function<Testbeds, ? extends Testbed> place) implements Row {
    /** The number of single tasks after the bursts. They compile the code that runs only for single tasks. */
    private static final int WARM_UP_TASKS = 15_000;

    private static final int TASKS = 300;
    private static final Duration MEASURE = Duration.ofSeconds(4);

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Testbed testbed = place.apply(testbeds);
        FreshKeys keys = new FreshKeys();
        IgniteCompute compute =
                testbed.ignite().compute(testbed.ignite().cluster().forServers());
        try (TaskSession session = testbed.openSession()) {
            Side ours = () -> OneAtATime.medianNanos(
                    keys.take(TASKS),
                    TASKS,
                    n -> session.submit(keys.key(n), Body.SMALL.ours(n)).result());
            Side peer = () -> OneAtATime.medianNanos(0, TASKS, n -> compute.call(Body.SMALL.ignites(n)));
            Pairs.warmUp( // bursts, because load makes the JVM compile all code sooner
                    testbed,
                    new Tasks(session, keys, Body.SMALL, Throughput.TASKS),
                    new WindowedPeer(new RawIgnite(testbed.ignite(), Body.SMALL::ignites), Throughput.TASKS));
            for (int done = 0; done < WARM_UP_TASKS; done += TASKS) {
                ours.measure();
                peer.measure();
            }
            Pairs pairs = Pairs.measure(MEASURE, ours, peer);
            return new Answer.Measured(Figures.time(pairs.ours()), Figures.time(pairs.peer()), pairs.ratio());
        }
    }
}
