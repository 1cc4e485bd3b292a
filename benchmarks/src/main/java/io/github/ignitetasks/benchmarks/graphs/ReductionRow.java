package io.github.ignitetasks.benchmarks.graphs;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.peers.DaskCluster;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.io.IOException;
import java.util.Optional;

/**
 * How long does a graph take, from the first submission to its last result? The peer is Dask, in the form that runs the
 * smaller graph faster. There is no result if Dask is not installed.
 *
 * @param graph the measured graph
 * @param smaller a smaller graph of the same kind, for the warm-up and for the choice of Dask's form
 * @param processes the processes of both sides
 * @param pairs how often each side runs
 */
record ReductionRow(String name, Target target, Reduction graph, Reduction smaller, Processes processes, int pairs)
        implements Row {
    private static final int TRIALS = 2;

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Optional<DaskCluster> started = processes.dask();
        if (started.isEmpty()) {
            return new Answer.NoResult("none", "missing", DaskCluster.MISSING);
        }
        Testbed testbed = processes.grid(testbeds);
        try (DaskCluster dask = started.get();
                TaskSession session = testbed.openSession()) {
            FreshKeys keys = new FreshKeys();
            testbed.warmUp().run(ours(session, keys, smaller), () -> smaller.seconds(dask, DaskForm.MAP));
            DaskForm form = fasterForm(dask);
            Pairs measured = Pairs.measure(pairs, ours(session, keys, graph), () -> graph.seconds(dask, form) * 1e9);
            return new Answer.Measured(
                    Figures.time(measured.ours()),
                    Figures.time(measured.peer()) + "," + form,
                    measured.ratio(),
                    measured.spread());
        }
    }

    private static Side ours(TaskSession session, FreshKeys keys, Reduction graph) {
        return () -> {
            long start = System.nanoTime();
            long sum = graph.submit(session, keys).result();
            double taken = System.nanoTime() - start;
            if (sum != graph.sum()) {
                throw new IllegalStateException("the sum should be " + graph.sum() + ", but is " + sum);
            }
            return taken;
        };
    }

    private DaskForm fasterForm(DaskCluster dask) throws IOException {
        DaskForm faster = DaskForm.SUBMIT;
        double best = Double.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            for (DaskForm form : DaskForm.values()) {
                double seconds = smaller.seconds(dask, form);
                if (seconds < best) {
                    best = seconds;
                    faster = form;
                }
            }
        }
        return faster;
    }
}
