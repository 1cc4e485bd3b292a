package io.github.ignitetasks.contract;

import io.github.ignitetasks.ConcurrencyType;

/** The contract of an open session, for a runner that only finds its grid differently. */
public abstract class OpenSessionContract extends ContractOfRunner
        implements RunnerContract, SubmitContract, KeyContract, UpstreamContract, FailureContract, CopiedCallsContract {
    @Override
    public final ConcurrencyType type() {
        return ConcurrencyType.PARALLEL;
    }
}
