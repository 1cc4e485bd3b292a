package io.github.ignitetasks.ignite;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.contract.GridRunnerContract;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tests of a runner on a running node. Each number of slots has its own node, because sessions share a node's slots.
 */
final class GivenIgniteIT extends GridRunnerContract {
    private final Map<Integer, Cluster> nodes = new ConcurrentHashMap<>();

    @Override
    public TaskRunner withSlots(int slots) {
        Cluster node = nodes.computeIfAbsent(slots, number -> new EmbeddedCluster().start(Map.of()));
        return IgniteTaskRunner.builder()
                .ignite(node.ignite().orElseThrow())
                .slots(slots)
                .build();
    }

    @Override
    public boolean sharesKeysBetweenSessions() {
        return true;
    }

    @Override
    protected void closeGrids() {
        nodes.values().forEach(Cluster::close);
    }
}
