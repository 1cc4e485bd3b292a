package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.peers.NextNumber;
import io.github.ignitetasks.benchmarks.peers.OurTasks;
import io.github.ignitetasks.benchmarks.peers.RawIgnite;
import io.github.ignitetasks.benchmarks.peers.WindowedPeer;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;

/**
 * How long does a task take when a program keeps a number of tasks under way? The peer is {@code callAsync} of a named
 * class, with as many under way.
 *
 * @param underWay the number of tasks under way
 */
record InFlight(String name, Target target, int underWay) implements Row {
    private static final int TASKS = 2_000;
    private static final Duration MEASURE = Duration.ofSeconds(3);
    private static final Duration AT_A_TIME = Duration.ofMillis(200);

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Testbed testbed = testbeds.grid();
        try (TaskSession session = testbed.openSession()) {
            WindowedPeer ours =
                    new WindowedPeer(new OurTasks(session, new FreshKeys(), Body.SMALL::ours), TASKS, underWay);
            WindowedPeer peer = new WindowedPeer(new RawIgnite(testbed.ignite(), NextNumber::new), TASKS, underWay);
            testbed.warmUp().run(ours, peer);
            Pairs pairs = Pairs.measure(MEASURE, nanos(ours.lasting(AT_A_TIME)), nanos(peer.lasting(AT_A_TIME)));
            return Answer.of(pairs, Figures::time);
        }
    }

    /** Returns a side that measures the time for each task, in nanoseconds. */
    private static Side nanos(Side perSecond) {
        return () -> 1e9 / perSecond.measure();
    }
}
