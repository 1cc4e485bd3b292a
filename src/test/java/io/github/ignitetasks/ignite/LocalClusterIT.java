package io.github.ignitetasks.ignite;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.contract.GridRunnerContract;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tests of a local cluster of two processes, each with the requested slots. With one slot, there is one process. */
final class LocalClusterIT extends GridRunnerContract {
    private final Map<Integer, Cluster> clusters = new ConcurrentHashMap<>();

    @Override
    public TaskRunner withSlots(int slots) {
        Cluster cluster = clusters.computeIfAbsent(
                slots,
                number -> LocalCluster.builder()
                        .nodes(Math.min(2, slots))
                        .slotsPerNode(slots)
                        .build()
                        .start());
        return IgniteTaskRunner.builder().cluster(cluster).build();
    }

    @Override
    public boolean sharesKeysBetweenSessions() {
        return true;
    }

    @Override
    protected void closeGrids() {
        clusters.values().forEach(Cluster::close);
    }
}
