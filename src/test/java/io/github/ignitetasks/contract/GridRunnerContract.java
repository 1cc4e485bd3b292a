package io.github.ignitetasks.contract;

import io.github.ignitetasks.ConcurrencyType;

/** What every runner of a grid promises. */
public abstract class GridRunnerContract extends TaskRunnerContract implements CopiedCallsContract {
    @Override
    public final ConcurrencyType type() {
        return ConcurrencyType.PARALLEL;
    }
}
