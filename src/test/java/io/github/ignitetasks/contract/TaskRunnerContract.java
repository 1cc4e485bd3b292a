package io.github.ignitetasks.contract;

/**
 * What every runner promises. A subclass supplies its runner, nothing else; what a promise says differently for another
 * concurrency type, the test of that promise says.
 */
public abstract class TaskRunnerContract extends ContractOfRunner
        implements RunnerContract,
                SubmitContract,
                KeyContract,
                FailureContract,
                CrashContract,
                UpstreamContract,
                FutureResultContract,
                NestingContract,
                ContextContract,
                WaitContract,
                CompletableFutureContract,
                CallbackContract,
                InterruptContract,
                OptionsContract,
                CancelContract,
                ReleaseContract,
                CloseContract {}
