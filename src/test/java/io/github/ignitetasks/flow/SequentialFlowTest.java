package io.github.ignitetasks.flow;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.local.SequentialTaskRunner;

class SequentialFlowTest extends FlowContract {
    @Override
    public TaskRunner runner() {
        return SequentialTaskRunner.create();
    }
}
