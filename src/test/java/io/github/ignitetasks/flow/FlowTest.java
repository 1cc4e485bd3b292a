package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.SequentialTaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlowTest {
    private static final FlowWithoutArgument<Integer> ONE =
            Flow.named("one").body(run -> run.submit("one", () -> 1).result());

    @Test
    void taskRunnerOfAFlowIsAThreadPoolUnlessAnotherIsGiven() {
        assertThat(ONE.taskRunner()).isEqualTo(ThreadPoolTaskRunner.create());
    }

    @Test
    void flowWithAnotherTaskRunnerLeavesTheOriginalAsItIs() {
        Flow<Integer, Integer> original = Flow.named("same").body((run, argument) -> argument);

        Flow<Integer, Integer> other = original.withTaskRunner(SequentialTaskRunner.create());

        assertThat(other.taskRunner()).isEqualTo(SequentialTaskRunner.create());
        assertThat(other.name()).isEqualTo("same");
        assertThat(original.taskRunner()).isEqualTo(ThreadPoolTaskRunner.create());
    }

    @Test
    void flowWithoutArgumentAndWithAnotherTaskRunnerLeavesTheOriginalAsItIs() {
        assertThat(ONE.withTaskRunner(SequentialTaskRunner.create()).taskRunner())
                .isEqualTo(SequentialTaskRunner.create());
        assertThat(ONE.taskRunner()).isEqualTo(ThreadPoolTaskRunner.create());
    }

    @Test
    void flowRunsOnTheDefaultRunner() {
        assertThat(ONE.run()).isEqualTo(1);
    }

    @Test
    void bodyMayWaitForAFutureOfAnotherSession() {
        TaskRunner runner = ThreadPoolTaskRunner.create();
        try (TaskSession session = runner.start()) {
            TaskFuture<Integer> elsewhere = session.submit("elsewhere", () -> 41);

            Flow<TaskFuture<Integer>, Integer> flow = Flow.named("plus-one")
                    .body((run, future) -> run.submit("one", () -> 1).result() + future.result());

            assertThat(flow.run(elsewhere)).isEqualTo(42);
        }
    }

    @Test
    void blankNameOfAFlowIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Flow.named(" ")).withMessageContaining("name");
    }

    @Test
    void blankNameOfATaskIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Task.named(""))
                .withMessage("name must have 1 to 900 characters that are not all blank, but is ''; give a short name");
    }

    @Test
    void nameThatIsTooLongForAKeyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Task.named("x".repeat(901)))
                .withMessageContaining("but has 901");
    }

    @Test
    void longestNameStillMakesAKey() {
        Task<Void, Integer> task = Task.named("x".repeat(900)).body(() -> 1);

        assertThat(Flow.named("long").body(run -> run.submit(task).result()).run())
                .isEqualTo(1);
    }

    @Test
    void timeoutThatIsNotPositiveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flow.named("flow").timeout(Duration.ZERO))
                .withMessageContaining("timeout");
    }

    @Test
    void negativeRetriesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Task.named("task").retries(-1, Duration.ZERO))
                .withMessageContaining("retries");
    }

    @Test
    void builderThatIsGivenASettingLeavesTheOriginalAsItIs() {
        TaskBuilder original = Task.named("task");

        Task<Void, Integer> other = original.timeout(Duration.ofSeconds(1))
                .retries(2, Duration.ofSeconds(3))
                .body(() -> 1);

        assertThat(other.options())
                .isEqualTo(CallOptions.none().withTimeout(Duration.ofSeconds(1)).withRetries(2, Duration.ofSeconds(3)));
        assertThat(original.body(() -> 1).options()).isEqualTo(CallOptions.none());
    }
}
