package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.FutureList;
import io.github.ignitetasks.MappedFutures;
import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Contract of many tasks at once: maps, reductions and streams, and what a list of futures does. */
interface FlowMapContract extends FlowSubject {
    int MANY = 300;
    int AHEAD = 4;

    Task<Integer, Integer> EVEN_ONLY = Task.named("even-only").body(number -> {
        if (number % 2 != 0) {
            throw new IOException(number + " is odd");
        }
        return number;
    });
    Task<List<Integer>, Integer> SUM = Task.named("sum")
            .body(numbers -> numbers.stream().mapToInt(Integer::intValue).sum());

    @Test
    default void mapRunsTheTaskWithEachArgumentInOrder() {
        FlowReport<List<Integer>> report =
                flow(run -> run.map(INCREMENT, List.of(3, 1, 2)).results()).runReport();

        assertThat(report.result()).containsExactly(4, 2, 3);
        assertThat(report.taskStates()).containsOnlyKeys("increment-0", "increment-1", "increment-2");
    }

    @Test
    default void mapOfNothingIsEmpty() {
        assertThat(flow(run -> run.map(INCREMENT, List.of()).results()).run()).isEmpty();
    }

    @Test
    default void mapTakesFuturesAsArguments() {
        assertThat(flow(run -> run.map(INCREMENT, run.map(INCREMENT, List.of(1, 2)))
                                .results())
                        .run())
                .containsExactly(3, 4);
        assertThat(flow(run -> run.map(INCREMENT, FutureList.of(List.of(run.submit(INCREMENT, 1))))
                                .results())
                        .run())
                .containsExactly(3);
    }

    @Test
    default void listTellsWhatCompletedAndTheArgumentsOfWhatDidNot() {
        List<Integer> failed = new ArrayList<>();

        List<Integer> completed = flow(run -> {
                    MappedFutures<Integer, Integer> all = run.map(EVEN_ONLY, List.of(1, 2, 3, 4));
                    for (TaskFuture<Integer> each : all.asCompleted()) {
                        if (!each.state().orElseThrow().isCompleted()) {
                            failed.add(all.argumentOf(each));
                        }
                    }
                    assertThat(all.states())
                            .extracting(State::type)
                            .containsExactly(
                                    StateType.FAILED, StateType.COMPLETED, StateType.FAILED, StateType.COMPLETED);
                    return run.map(INCREMENT, all.completed()).results();
                })
                .run();

        assertThat(completed).containsExactly(3, 5);
        assertThat(failed).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    default void resultsThrowTheExceptionOfTheTaskThatFailed() {
        assertThatExceptionOfType(NotCompletedException.class)
                .isThrownBy(() ->
                        flow(run -> run.map(EVEN_ONLY, List.of(2, 3)).results()).run())
                .withMessageContaining("3 is odd");
    }

    @Test
    default void listOfAFlowRunRefusesOtherFutures() {
        flow(run -> {
                    MappedFutures<Integer, Integer> some = run.map(INCREMENT, List.of(1));
                    TaskFuture<Integer> other = run.submit(INCREMENT, 1);
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> some.argumentOf(other))
                            .withMessageContaining(other.key());
                    return some.results();
                })
                .run();
    }

    @Test
    default void taskThatCapturesAListHasAllOfItAsUpstreams() {
        Gate gate = gateOfATaskThatRunsOn();
        Task<Integer, Integer> wait = Task.named("wait").body(number -> {
            gate.pass();
            return number;
        });

        int sum = flow(run -> {
                    FutureList<Integer> parts = run.map(wait, List.of(1, 2));
                    TaskFuture<Integer> total = run.submit(
                            "total",
                            () -> parts.get(0).result() + parts.results().get(1));
                    gate.open();
                    return total.result();
                })
                .run();

        assertThat(sum).isEqualTo(3);
    }

    @Test
    default void reductionCombinesSoManyNeighboursAtATime() {
        List<Integer> numbers = IntStream.rangeClosed(1, 10).boxed().toList();

        FlowReport<Integer> report = flow(run ->
                        run.reduce(run.map(INCREMENT, numbers), 3, SUM).result())
                .runReport();

        assertThat(report.result()).isEqualTo(65);
        assertThat(report.taskStates().keySet().stream().filter(name -> name.startsWith("sum-")))
                .hasSize(3 + 1 + 1);
    }

    @Test
    default void reductionOfOneResultRunsNothingAndOfNoneIsRefused() {
        assertThat(flow(run -> {
                            TaskFuture<Integer> one = run.submit(INCREMENT, 1);
                            assertThatIllegalArgumentException()
                                    .isThrownBy(() -> run.reduce(List.of(), 2, SUM))
                                    .withMessageContaining("futures");
                            assertThatIllegalArgumentException()
                                    .isThrownBy(() -> run.reduce(List.of(one), 1, SUM))
                                    .withMessageContaining("fanIn must be 2 or more, but is 1");
                            return run.reduce(List.of(one), 2, SUM) == one;
                        })
                        .run())
                .isTrue();
    }

    @Test
    default void taskAfterOthersRunsOnceTheyHaveCompleted() {
        Tally before = tally();
        Task<Integer, Integer> count = Task.named("count").body(number -> {
            before.add();
            return number;
        });

        assertThat(flow(run -> {
                            FutureList<Integer> first = run.map(count, List.of(1, 2, 3));
                            return run.after(first)
                                    .submit("look", () -> before.count())
                                    .result();
                        })
                        .run())
                .isEqualTo(3);
    }

    @Test
    default void taskAfterAFailureDoesNotRunUnlessOnlyTheEndMatters() {
        Tally runs = tally();
        FlowReport<Integer> report = flow(run -> {
                    TaskFuture<Integer> failed = run.submit(REFUSE, "no");
                    TaskFuture<?> unused = run.after(failed).submitAction("after", () -> runs.add());
                    return run.after(failed.settled())
                            .submit("after-end", () -> 1)
                            .result();
                })
                .runReport();

        assertThat(report.result()).isEqualTo(1);
        assertThat(FlowSubject.state(report.taskStates(), "after-0").type()).isEqualTo(StateType.NOT_READY);
        assertThat(runs.count()).isZero();
    }

    @Test
    default void streamGivesResultsInOrderAndRunsOnlySoManyTasksAhead() {
        Tally begun = tally();
        Task<Integer, Integer> count = Task.named("count").body(number -> {
            begun.add();
            return number;
        });

        List<Integer> taken = flow(run -> {
                    List<Integer> results = new ArrayList<>();
                    try (Stream<Integer> stream =
                            run.mapStream(count, IntStream.range(0, MANY).boxed(), AHEAD)) {
                        stream.forEach(result -> {
                            results.add(result);
                            assertThat(begun.count()).isLessThan(results.size() + AHEAD);
                        });
                    }
                    return results;
                })
                .run();

        assertThat(taken).isEqualTo(IntStream.range(0, MANY).boxed().toList());
        assertThat(begun.count()).isEqualTo(MANY);
    }

    @Test
    default void reportLeavesOutTheTasksOfAStream() {
        FlowReport<Integer> report = flow(run -> {
                    try (Stream<Integer> stream = run.mapStream(INCREMENT, Stream.of(1, 2, 3), AHEAD)) {
                        return stream.mapToInt(Integer::intValue).sum();
                    }
                })
                .runReport();

        assertThat(report.result()).isEqualTo(9);
        assertThat(report.taskStates()).isEmpty();
    }

    @Test
    default void streamEndsAtTheFirstFailure() {
        assertThatExceptionOfType(NotCompletedException.class)
                .isThrownBy(() -> flow(run -> run.mapStream(EVEN_ONLY, Stream.of(2, 4, 5, 6), 2)
                                .toList())
                        .run())
                .withMessageContaining("5 is odd");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    State<?> state = flow(run -> run.mapStream(INCREMENT, Stream.of(1), 0))
                            .runState();
                    throw FlowSubject.thrown(state);
                })
                .withMessageContaining("ahead must be 1 or more, but is 0");
    }

    @Test
    default void flowEndsAlthoughAStreamWasLeftOpen() {
        int first = flow(run -> {
                    Iterator<Integer> results = run.mapStream(
                                    INCREMENT, IntStream.iterate(1, n -> n + 1).boxed(), AHEAD)
                            .iterator();
                    return results.next();
                })
                .run();

        assertThat(first).isEqualTo(2);
    }

    @Test
    default void runsAreNamedAfterTheirArgumentsIfTheTaskSaysSo() {
        Task<Integer, Integer> named = INCREMENT.withRunName(number -> "increment " + number);

        FlowReport<?> report = flow(run -> {
                    run.submit(named, 7);
                    run.submit(named, 7);
                    return run.submit(named, run.submit(named, 8)).result();
                })
                .runReport();

        assertThat(report.taskStates())
                .containsOnlyKeys("increment 7-0", "increment 7-1", "increment 8-0", "increment-0");
    }

    @Test
    default void oneSubmissionMayHaveOtherOptionsThanItsTask() {
        Task<Tally, Integer> flaky = Task.named("flaky").body(tally -> {
            tally.add();
            throw new IOException("attempt " + tally.count());
        });
        Tally runs = tally();

        FlowReport<?> report = flow(run -> run.submit(flaky.withRetries(2, Duration.ofMillis(1)), runs))
                .runReport();

        assertThat(FlowSubject.state(report.taskStates(), "flaky-0").attempt()).isEqualTo(3);
        assertThat(flaky.options().retries().number()).isZero();
        assertThat(INCREMENT.withTimeout(SHORT).options().timeout()).isEqualTo(SHORT);
    }

    @Test
    default void runOfOneNameHasTheSameIdAgain() {
        FlowWithoutArgument<String> flow = flow(run -> run.id().toString());

        String id = flow.withRunId("2026-11-28").run();

        assertThat(flow.withRunId("2026-11-28").run()).isEqualTo(id);
        assertThat(flow.withRunId("2026-11-29").run()).isNotEqualTo(id);
        assertThat(Flow.named("other")
                        .body(run -> run.id().toString())
                        .withRunId("2026-11-28")
                        .run())
                .isNotEqualTo(id);
        assertThatIllegalArgumentException().isThrownBy(() -> flow.withRunId(" "));
    }
}
