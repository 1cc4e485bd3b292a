package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.peers.AffinityRead;
import io.github.ignitetasks.benchmarks.peers.WindowedPeer;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;

/** How many tasks a second read an entry beside it? The peer is {@code affinityCallAsync} of a named class. */
record NearThroughput(String name, Target target) implements Row {
    private static final Duration MEASURE = Duration.ofSeconds(3);

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Testbed testbed = testbeds.grid();
        EntryReads.makeCache(testbed.ignite());
        try (TaskSession session = testbed.openSession()) {
            EntryReads ours = new EntryReads(session, true, Throughput.TASKS);
            WindowedPeer peer = new WindowedPeer(
                    new AffinityRead(testbed.ignite(), EntryReads.CACHE, EntryReads.ENTRIES), Throughput.TASKS);
            testbed.warmUp().run(ours, peer);
            peer.chooseWindow();
            Pairs pairs = Pairs.measure(MEASURE, ours, peer);
            return Answer.of(pairs, Figures::perSecond);
        }
    }
}
