package io.github.ignitetasks.contract;

/**
 * What every runner promises. Its three subclasses, one for each concurrency type, supply what promises say differently
 * there. Their subclasses supply a runner, nothing else.
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
