package io.github.ignitetasks.benchmarks.graphs;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.peers.DaskCluster;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import java.io.IOException;

/** A graph of tasks that ends with one result, a sum. */
interface Reduction {

    /** Submits all tasks to the library, and returns the future of the sum. */
    TaskFuture<Long> submit(TaskSession session, FreshKeys keys);

    /** Runs all tasks on Dask, which checks the sum, and returns the seconds that they took. */
    double seconds(DaskCluster dask, DaskForm form) throws IOException;

    /** Returns the sum. */
    long sum();
}
