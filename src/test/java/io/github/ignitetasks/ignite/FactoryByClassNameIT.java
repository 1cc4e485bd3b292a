package io.github.ignitetasks.ignite;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.contract.ConfiguredRunnerContract;

/** Tests of a runner that starts a cluster for each session, by the class name of a factory. */
final class FactoryByClassNameIT extends ConfiguredRunnerContract {
    @Override
    public TaskRunner withSlots(int slots) {
        return IgniteTaskRunner.builder()
                .clusterFactory(EmbeddedCluster.class.getName())
                .slots(slots)
                .build();
    }
}
