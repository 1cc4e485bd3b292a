package io.github.ignitetasks.ignite;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.contract.GridRunnerContract;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Two processes, each with all the slots asked for; one process where only one call may run at a time. */
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
