package io.github.ignitetasks.contract;

import io.github.ignitetasks.ConcurrencyType;

/** The contract of an open session, for a runner that differs from another one only in how it finds its grid. */
public abstract class OpenSessionContract extends ContractOfRunner
        implements RunnerContract, SubmitContract, KeyContract, UpstreamContract, FailureContract, CopiedCallsContract {
    @Override
    public final ConcurrencyType type() {
        return ConcurrencyType.PARALLEL;
    }
}
