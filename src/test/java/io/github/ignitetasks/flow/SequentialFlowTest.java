package io.github.ignitetasks.flow;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.local.SequentialTaskRunner;
import io.github.ignitetasks.support.Gate;

class SequentialFlowTest extends FlowContract {
    @Override
    public TaskRunner runner() {
        return SequentialTaskRunner.create();
    }

    @Override
    public Gate gateOfATaskThatRunsOn() {
        Gate gate = gate();
        gate.open();
        return gate;
    }
}
