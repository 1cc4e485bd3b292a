package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.measure.WarmUp;
import io.github.ignitetasks.benchmarks.peers.Dask;
import io.github.ignitetasks.benchmarks.peers.DaskCluster;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;
import java.util.Optional;

/** How many tasks a second does the library run, compared to Dask? There is no result if Dask is not installed. */
record ThroughputOfDask(String name, Target target) implements Row {
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration MEASURE = Duration.ofSeconds(4);
    private static final int DASKS_TASKS = 300;

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Optional<DaskCluster> started = DaskCluster.start(Runtime.getRuntime().availableProcessors(), 1);
        if (started.isEmpty()) {
            return new Answer.NoResult("none", "missing", DaskCluster.MISSING);
        }
        try (DaskCluster cluster = started.get();
                TaskSession session = testbeds.embedded().openSession()) {
            Dask peer = new Dask(cluster, DASKS_TASKS);
            Tasks ours = new Tasks(session, new FreshKeys(), Body.SMALL, Throughput.TASKS);
            WarmUp.run(WARM_UP, ours, peer);
            Pairs pairs = Pairs.measure(MEASURE, ours, peer);
            return Answer.of(pairs, Figures::perSecond);
        }
    }
}
