package io.github.ignitetasks.benchmarks.graphs;

import io.github.ignitetasks.benchmarks.peers.DaskCluster;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.io.IOException;
import java.util.Optional;

/** The processes that run the tasks of a graph, as many for the library as for Dask. */
enum Processes {
    /** Together, the processes run a task on each core. */
    OF_ALL_CORES {
        @Override
        Testbed grid(Testbeds testbeds) {
            return testbeds.gridOfAllCores();
        }

        @Override
        Optional<DaskCluster> dask() throws IOException, InterruptedException {
            return DaskCluster.start(Runtime.getRuntime().availableProcessors(), 1);
        }
    },

    /** Two processes of eight slots or threads each, for tasks that need no core. */
    OF_EIGHT_SLOTS {
        @Override
        Testbed grid(Testbeds testbeds) {
            return testbeds.grid(2, 8);
        }

        @Override
        Optional<DaskCluster> dask() throws IOException, InterruptedException {
            return DaskCluster.start(2, 8);
        }
    };

    /** Returns the grid of the library. */
    abstract Testbed grid(Testbeds testbeds);

    /** Starts the cluster of Dask. Returns empty if Dask is not installed. */
    abstract Optional<DaskCluster> dask() throws IOException, InterruptedException;
}
