package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.peers.Dask;
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
        Optional<Dask> dask = Dask.start(DASKS_TASKS);
        if (dask.isEmpty()) {
            return new Answer.NoResult("none", "missing", "Debian's python3-distributed is not installed");
        }
        try (Dask peer = dask.get();
                TaskSession session = testbeds.embedded().openSession()) {
            Tasks ours = new Tasks(session, new FreshKeys(), Body.SMALL, Throughput.TASKS);
            Pairs.warmUp(WARM_UP, ours, peer);
            Pairs pairs = Pairs.measure(MEASURE, ours, peer);
            return Answer.of(pairs, Figures::perSecond);
        }
    }
}
