package io.github.ignitetasks.local;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.contract.SequentialRunnerContract;

final class SequentialTaskRunnerTest extends SequentialRunnerContract {
    @Override
    public TaskRunner withSlots(int slots) {
        return SequentialTaskRunner.create();
    }
}
