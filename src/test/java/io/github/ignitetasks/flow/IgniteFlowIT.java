package io.github.ignitetasks.flow;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class IgniteFlowIT extends FlowContract {
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = new EmbeddedCluster().start(Map.of());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Override
    public TaskRunner runner() {
        return IgniteTaskRunner.builder().cluster(cluster).slots(2).build();
    }
}
