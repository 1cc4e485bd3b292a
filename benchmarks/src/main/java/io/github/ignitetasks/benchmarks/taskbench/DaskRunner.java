package io.github.ignitetasks.benchmarks.taskbench;

import io.github.ignitetasks.benchmarks.peers.DaskCluster;
import java.io.IOException;
import java.util.Arrays;

/** Runs graphs with Dask's {@code Client.submit}: futures of a step are arguments of the calls of the next one. */
public final class DaskRunner implements GraphRunner {
    private final DaskCluster cluster;

    /** Takes the cluster to run graphs on. */
    public DaskRunner(DaskCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void run(Graph graph) throws IOException {
        int[][][] upstreams = new int[graph.steps()][graph.width()][];
        for (int step = 0; step < graph.steps(); step++) {
            for (int point = 0; point < graph.width(); point++) {
                upstreams[step][point] = graph.upstreams(step, point);
            }
        }
        String json = Arrays.deepToString(upstreams).replace(" ", "");
        cluster.seconds("graph", graph.iterations(), json);
    }
}
