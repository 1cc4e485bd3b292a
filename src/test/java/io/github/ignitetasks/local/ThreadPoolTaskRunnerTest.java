package io.github.ignitetasks.local;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.contract.ThreadsRunnerContract;

final class ThreadPoolTaskRunnerTest extends ThreadsRunnerContract {
    @Override
    public TaskRunner withSlots(int slots) {
        return ThreadPoolTaskRunner.withSlots(slots);
    }
}
