package io.github.ignitetasks.ignite;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.contract.GridRunnerContract;

/** Tests of a runner that starts a node in this JVM for each session. */
final class CreatedRunnerIT extends GridRunnerContract {
    @Override
    public TaskRunner withSlots(int slots) {
        return IgniteTaskRunner.builder().slots(slots).build();
    }
}
