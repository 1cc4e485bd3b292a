package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.peers.Peer;
import io.github.ignitetasks.benchmarks.peers.WindowedPeer;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;
import java.util.function.Function;

/**
 * How long does a task take from its submission to its result, when nothing else runs?
 *
 * @param place the testbed of both sides
 * @param peer the factory of the peer
 */
record Latency(String name, Target target, Function<Testbeds, ? extends Testbed> place, Throughput.PeerOf peer)
        implements Row {
    /** The number of single tasks after the bursts. They compile the code that runs only for single tasks. */
    private static final int WARM_UP_TASKS = 10_000;

    private static final int TASKS = 300;
    private static final Duration MEASURE = Duration.ofSeconds(3);

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Testbed testbed = place.apply(testbeds);
        FreshKeys keys = new FreshKeys();
        FreshKeys numbers = new FreshKeys();
        try (TaskSession session = testbed.openSession();
                Peer opened = peer.on(testbed);
                Peer burst = peer.on(testbed)) {
            OneAtATime ours = new OneAtATime(
                    keys,
                    TASKS,
                    n -> session.submit(keys.key(n), Body.SMALL.ours(n)).result());
            OneAtATime peers =
                    new OneAtATime(numbers, TASKS, n -> opened.start(n).call());
            testbed.warmUp()
                    .run( // bursts, because load makes the JVM compile all code sooner
                            new Tasks(session, keys, Body.SMALL, Throughput.TASKS),
                            new WindowedPeer(burst, Throughput.TASKS));
            for (int done = 0; done < WARM_UP_TASKS; done += TASKS) {
                ours.measure();
                peers.measure();
            }
            ours.forget();
            peers.forget();
            Pairs pairs = Pairs.measure(MEASURE, ours, peers);
            return new Answer.Measured(
                    withTail(pairs.ours(), ours), withTail(pairs.peer(), peers), pairs.ratio(), pairs.spread());
        }
    }

    /** Returns a median with the 99th percentile beside it, as text. */
    private static String withTail(double median, OneAtATime side) {
        return Figures.time(median) + ",p99=" + Figures.time(side.p99());
    }
}
