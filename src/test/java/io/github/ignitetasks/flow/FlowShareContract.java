package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.ConcurrencyType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract of values that the tasks of a flow share. */
interface FlowShareContract extends FlowSubject {

    @Test
    default void tasksUseASharedValue() {
        FlowReport<Integer> report = flow(run -> {
                    TaskFuture<List<Integer>> model = run.share("model", List.of(1, 2, 3));
                    Task<Integer, Integer> weigh =
                            Task.named("weigh").body(number -> model.result().get(number));
                    return run.map(weigh, IntStream.range(0, 3).boxed().toList()).results().stream()
                            .collect(Collectors.summingInt(weight -> weight));
                })
                .runReport();

        assertThat(report.result()).isEqualTo(6);
        assertThat(report.taskStates()).containsOnlyKeys("model-0", "weigh-0", "weigh-1", "weigh-2");
    }

    @Test
    default void retryTakesTheValueThatWasShared() {
        Tally attempts = tally();
        FlowWithoutArgument<Integer> flow = Flow.named("retried")
                .retries(1, Duration.ofMillis(1))
                .body(run -> {
                    attempts.add();
                    TaskFuture<Integer> model = run.share("model", attempts.count());
                    int value = run.submit("use", () -> model.result() * 10).result();
                    if (attempts.count() == 1) {
                        throw new IOException("after the use");
                    }
                    return value;
                });

        assertThat(flow.withTaskRunner(runner()).run()).isEqualTo(10);
        assertThat(attempts.count()).isEqualTo(2);
    }

    @Test
    default void resumedFlowTakesTheValueThatWasShared() {
        UUID id = UUID.randomUUID();
        boolean resumes = runner().concurrencyType() == ConcurrencyType.PARALLEL;

        assertThat(first(List.of("first")).withRunId(id).run()).isEqualTo("first");
        assertThat(first(List.of("second")).withRunId(id).run()).isEqualTo(resumes ? "first" : "second");
    }

    private FlowWithoutArgument<String> first(List<String> texts) {
        return flow(run -> run.share("texts", texts).result().get(0));
    }
}
