package io.github.ignitetasks.benchmarks.peers;

import io.github.ignitetasks.benchmarks.measure.Side;
import java.io.IOException;

/** Dask at full load. Measures how many tasks a second it runs. */
public final class Dask implements Side {
    private final DaskCluster cluster;
    private final int tasks;

    /** Takes the cluster, and the number of tasks to run at a time. */
    public Dask(DaskCluster cluster, int tasks) {
        this.cluster = cluster;
        this.tasks = tasks;
    }

    @Override
    public double measure() throws IOException {
        return tasks / cluster.seconds("next_numbers", tasks);
    }
}
