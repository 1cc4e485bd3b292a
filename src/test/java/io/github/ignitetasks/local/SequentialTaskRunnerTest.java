package io.github.ignitetasks.local;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.contract.TaskRunnerContract;

final class SequentialTaskRunnerTest extends TaskRunnerContract {
    @Override
    public TaskRunner withSlots(int slots) {
        return SequentialTaskRunner.create();
    }
}
