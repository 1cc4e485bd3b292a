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
import io.github.ignitetasks.benchmarks.testbed.Grid;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;
import java.util.function.Function;

/**
 * How many tasks a second does each side run? Both sides work for about the same time in each measurement. That time is
 * so long that the start and the end hardly matter.
 *
 * @param place the testbed of both sides
 * @param body the body of our tasks; the peer's tasks do the same
 * @param peer the factory of the peer
 * @param peersTasks the number of tasks for the peer's warm-up: as many as ours, unless the peer is much slower
 * @param keys the keys of our tasks
 */
record Throughput(
        String name,
        Target target,
        Function<Testbeds, ? extends Testbed> place,
        Body body,
        PeerOf peer,
        int peersTasks,
        FreshKeys keys)
        implements Row {

    Throughput(
            String name,
            Target target,
            Function<Testbeds, ? extends Testbed> place,
            Body body,
            PeerOf peer,
            int peersTasks) {
        this(name, target, place, body, peer, peersTasks, new FreshKeys());
    }

    static final int TASKS = 10_000;
    private static final Duration MEASURE = Duration.ofSeconds(3);
    private static final Duration AT_A_TIME = Duration.ofMillis(250);

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Testbed testbed = place.apply(testbeds);
        Pairs pairs;
        try (TaskSession session = testbed.openSession();
                Peer opened = peer.on(testbed)) {
            Tasks ours = new Tasks(session, keys, body, TASKS);
            WindowedPeer peers = new WindowedPeer(opened, peersTasks);
            testbed.warmUp().run(new Tasks(session, new FreshKeys(), body, TASKS), peers);
            peers.chooseWindow();
            pairs = Pairs.measure(MEASURE, ours.lasting(AT_A_TIME), peers.lasting(AT_A_TIME));
        }
        return Answer.of(pairs, Figures::perSecond);
    }

    @Override
    public Answer check(Testbeds testbeds, Answer answer) {
        if (!(place.apply(testbeds) instanceof Grid grid)) {
            return answer;
        }
        grid.killServer();
        int missing = grid.countMissing(keys);
        return missing == 0
                ? answer
                : new Answer.NoResult(
                        answer.ours(), answer.peer(), missing + " of " + keys.taken() + " records went with a server");
    }

    /** Creates a peer. */
    @FunctionalInterface
    interface PeerOf {
        /** Returns the peer on a testbed. */
        Peer on(Testbed testbed) throws Exception;
    }
}
