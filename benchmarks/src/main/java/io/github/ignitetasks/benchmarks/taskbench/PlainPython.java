package io.github.ignitetasks.benchmarks.taskbench;

import io.github.ignitetasks.benchmarks.peers.DaskCluster;
import java.io.IOException;

/**
 * Busy work in plain Python processes, one for each core, beside an idle Dask cluster. An iteration is a step of a loop of
 * integer arithmetic. The interpreter compiles nothing, so all iterations take nearly the same time, and the fastest of
 * a few trials tells it. No iteration looks at a clock, so the work takes longer if it shares its core.
 */
public final class PlainPython implements PlainWork {
    private static final int TRIALS = 6;
    private static final long TRIAL = 4_000_000;

    private final DaskCluster cluster;
    private final int processes;

    /** Takes the cluster whose script does the work, and the number of processes. */
    public PlainPython(DaskCluster cluster, int processes) {
        this.cluster = cluster;
        this.processes = processes;
    }

    @Override
    public double iterationsPerNano() throws IOException {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            best = Math.min(best, nanos(TRIAL * processes));
        }
        return TRIAL / best;
    }

    @Override
    public double nanos(long iterations) throws IOException {
        return cluster.seconds("spin", processes, iterations) * 1e9;
    }
}
