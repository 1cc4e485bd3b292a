package io.github.ignitetasks.contract;

import io.github.ignitetasks.ConcurrencyType;

/** The promises of every runner that runs tasks on a grid. */
public abstract class GridRunnerContract extends TaskRunnerContract implements CopiedCallsContract {
    @Override
    public final ConcurrencyType type() {
        return ConcurrencyType.PARALLEL;
    }
}
