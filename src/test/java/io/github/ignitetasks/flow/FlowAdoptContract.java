package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Contract of stages of other code in flows. */
interface FlowAdoptContract extends FlowSubject {

    @Test
    default void valueOfAStageIsAnArgumentOfATask() {
        FlowReport<Integer> report = flow(run -> {
                    CompletableFuture<Integer> stage = new CompletableFuture<>();
                    Thread other = new Thread(() -> stage.complete(6));
                    other.start();
                    TaskFuture<Integer> six = run.adopt("price", stage);
                    return run.submit(INCREMENT, six).result();
                })
                .runReport();

        assertThat(report.result()).isEqualTo(7);
        assertThat(report.taskStates()).containsOnlyKeys("price-0", "increment-0");
    }

    @Test
    default void retryTakesTheValueThatIsThere() {
        List<CompletableFuture<Integer>> stages = new CopyOnWriteArrayList<>();
        FlowWithoutArgument<Integer> flow = Flow.named("retried")
                .retries(1, Duration.ofMillis(1))
                .body(run -> {
                    CompletableFuture<Integer> stage = new CompletableFuture<>();
                    stages.add(stage);
                    if (stages.size() == 1) {
                        stage.complete(6);
                    }
                    int value = run.<Integer>adopt("price", stage).result();
                    if (stages.size() == 1) {
                        throw new IOException("after the value");
                    }
                    return value;
                });

        assertThat(flow.withTaskRunner(runner()).run()).isEqualTo(6);
        assertThat(stages).hasSize(2);
        assertThat(stages.get(1)).isNotDone();
    }

    @Test
    default void timeoutCancelsTheStage() {
        boolean runsOn = !gateOfATaskThatRunsOn().isOpen();
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        if (!runsOn) {
            stage.complete(1); // a sequential runner waits for the stage
        }
        FlowWithoutArgument<Integer> flow = Flow.named("limited").timeout(SHORT).body(run -> {
            int unused = run.<Integer>adopt("price", stage).result();
            Thread.sleep(Deadlines.PATIENCE.toMillis());
            return 1;
        });

        State<Integer> state = flow.withTaskRunner(runner()).runState();

        assertThat(state.name()).isEqualTo("TimedOut");
        Awaitility.await().atMost(Deadlines.PATIENCE).until(stage::isDone);
        assertThat(stage.isCancelled()).isEqualTo(runsOn);
    }
}
