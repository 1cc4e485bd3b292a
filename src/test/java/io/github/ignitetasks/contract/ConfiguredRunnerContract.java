package io.github.ignitetasks.contract;

/**
 * What a runner promises that finds its grid in a way of its own, and then runs like a runner that is tested by all of
 * {@link TaskRunnerContract}.
 */
public abstract class ConfiguredRunnerContract extends ContractOfRunner
        implements RunnerContract, SubmitContract, KeyContract, UpstreamContract, FailureContract, CloseContract {}
