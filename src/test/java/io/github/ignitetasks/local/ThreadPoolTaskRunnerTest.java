package io.github.ignitetasks.local;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.contract.TaskRunnerContract;

final class ThreadPoolTaskRunnerTest extends TaskRunnerContract {
    @Override
    public TaskRunner withSlots(int slots) {
        return ThreadPoolTaskRunner.withSlots(slots);
    }
}
