package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.taskbench.FutureRunner;
import io.github.ignitetasks.benchmarks.taskbench.Graph;
import io.github.ignitetasks.benchmarks.taskbench.GraphRunner;
import io.github.ignitetasks.benchmarks.taskbench.LibraryRunner;
import io.github.ignitetasks.benchmarks.taskbench.Pattern;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;

/**
 * How long does a task take that needs the result of another, with 32 chains side by side? The peer is
 * {@code callAsync} of a named class, once a {@code CompletableFuture} has the result.
 */
record Upstream(String name, Target target) implements Row {
    private static final Graph CHAINS = new Graph(Pattern.NO_COMM, 32, 64, 1);
    private static final Duration MEASURE = Duration.ofSeconds(5);

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Testbed testbed = testbeds.grid();
        try (TaskSession session = testbed.openSession()) {
            Side ours = nanos(new LibraryRunner(session));
            Side peer = nanos(FutureRunner.on(
                    testbed.ignite().compute(testbed.ignite().cluster().forServers())));
            testbed.warmUp().run(ours, peer);
            Pairs pairs = Pairs.measure(MEASURE, ours, peer);
            return Answer.of(pairs, Figures::time);
        }
    }

    /** Returns a side that measures the time for each task, in nanoseconds. */
    private static Side nanos(GraphRunner runner) {
        return () -> {
            long start = System.nanoTime();
            runner.run(CHAINS);
            return (double) (System.nanoTime() - start) / CHAINS.tasks();
        };
    }
}
