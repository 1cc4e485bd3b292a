package io.github.ignitetasks.flow;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;

class ThreadPoolFlowTest extends FlowContract {
    @Override
    public TaskRunner runner() {
        return ThreadPoolTaskRunner.withSlots(2);
    }
}
