package io.github.ignitetasks.contract;

/**
 * The promises of every runner. One subclass for each concurrency type adds the promises of that type. The subclasses
 * of those supply only a runner.
 */
public abstract class TaskRunnerContract extends ContractOfRunner
        implements RunnerContract,
                SubmitContract,
                KeyContract,
                FailureContract,
                CrashContract,
                UpstreamContract,
                SettledContract,
                FutureResultContract,
                NestingContract,
                RecursionContract,
                ProgressContract,
                ContextContract,
                WaitContract,
                CompletableFutureContract,
                AdoptContract,
                ShareContract,
                ExecutorContract,
                CallbackContract,
                InterruptContract,
                OptionsContract,
                RequirementsContract,
                DeadlineContract,
                PastContract,
                ListenerContract,
                CancelContract,
                ReleaseContract,
                CloseContract {}
