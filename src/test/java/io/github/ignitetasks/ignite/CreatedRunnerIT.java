package io.github.ignitetasks.ignite;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.contract.TaskRunnerContract;

/** A node in this JVM for each session. */
final class CreatedRunnerIT extends TaskRunnerContract {
    @Override
    public TaskRunner withSlots(int slots) {
        return IgniteTaskRunner.builder().slots(slots).build();
    }
}
