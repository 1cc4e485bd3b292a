package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.support.Tally;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Contract of the tasks that a flow submits. */
interface FlowTaskContract extends FlowSubject {
    @Test
    default void flowWhoseBodyReturnsAValueCompletesWithIt() {
        Flow<Integer, Integer> flow = Flow.named("sum")
                .body((run, argument) ->
                        argument + run.submit(INCREMENT, argument).result());

        assertThat(flow.withTaskRunner(runner()).run(4)).isEqualTo(9);
    }

    @Test
    default void taskIsGivenTheResultOfTheFutureThatIsItsArgument() {
        Flow<Integer, Integer> flow = Flow.named("chain")
                .body((run, argument) ->
                        run.submit(INCREMENT, run.submit(INCREMENT, argument)).result());

        assertThat(flow.withTaskRunner(runner()).run(4)).isEqualTo(6);
    }

    @Test
    default void taskIsGivenTheResultsOfManyFuturesAsAList() {
        Task<List<Integer>, Integer> sum = Task.named("sum")
                .body(numbers -> numbers.stream().mapToInt(Integer::intValue).sum());
        Flow<Integer, Integer> flow = Flow.named("map-reduce").body((run, highest) -> {
            List<TaskFuture<Integer>> parts = IntStream.range(0, highest)
                    .mapToObj(number -> run.submit(INCREMENT, number))
                    .toList();
            return run.submit(sum, TaskFuture.all(parts)).result();
        });

        assertThat(flow.withTaskRunner(runner()).run(10)).isEqualTo(55);
    }

    @Test
    default void taskWithoutArgumentRuns() {
        Task<Void, String> greet = Task.named("greet").body(() -> "hello");

        assertThat(flow(run -> run.submit(greet).result()).run()).isEqualTo("hello");
    }

    @Test
    default void taskKnowsItsNameAndItsFlowRunAndATaskOfItsOwnDoesNot() {
        Task<Void, List<String>> tell = Task.named("tell").body(() -> {
            TaskContext context = TaskContext.current().orElseThrow();
            return List.of(
                    context.name().orElse("none"),
                    context.flowRunId().orElse("none"),
                    context.submit(FlowTaskContract::nameAndFlowRun).result());
        });

        FlowReport<List<String>> report = flow(run -> run.submit(tell).result()).runReport();

        assertThat(report.state().result())
                .containsExactly("tell", report.flowRunId().toString(), "none none");
    }

    private static String nameAndFlowRun() {
        TaskContext context = TaskContext.current().orElseThrow();
        return context.name().orElse("none") + " " + context.flowRunId().orElse("none");
    }

    @Test
    default void taskWithoutResultHasANullResult() {
        Tally runs = tally();
        Task<Void, Void> count = Task.named("count").action(() -> runs.add());
        Task<Tally, Void> countThere = Task.named("count-there").action(tally -> tally.add());

        FlowReport<?> report = flow(run -> List.of(run.submit(count), run.submit(countThere, runs)))
                .runReport();

        assertThat(report.taskStates().values())
                .hasSize(2)
                .allSatisfy(state -> assertThat(state.result()).isNull());
        assertThat(runs.count()).isEqualTo(2);
    }

    @Test
    default void taskRunsAreNamedByTaskAndCount() {
        FlowReport<?> report = flow(run -> {
                    run.submit(INCREMENT, 1);
                    run.submit("other", () -> 1);
                    run.submit(INCREMENT, run.submit(INCREMENT, 1));
                    return run.submit("other", () -> 1);
                })
                .runReport();

        assertThat(report.taskStates().keySet())
                .containsExactly("increment-0", "other-0", "increment-1", "increment-2", "other-1");
    }

    @Test
    default void keyOfATaskRunIsMadeOfFlowRunTaskRunAndRunCount() {
        List<UUID> ids = new ArrayList<>();

        FlowReport<String> report = flow(run -> {
                    ids.add(run.id());
                    return run.submit(INCREMENT, 1).key();
                })
                .runReport();

        assertThat(report.flowRunId()).isEqualTo(ids.get(0));
        assertThat(report.result()).isEqualTo(TaskRunKey.of(ids.get(0), "increment-0", 1));
    }

    @Test
    default void flowInsideATaskRunsOnTheRunnerThatTheTaskCaptured() {
        TaskRunner runner = runner();
        Flow<Integer, Integer> inner = Flow.named("inner")
                .body((run, argument) -> run.submit(INCREMENT, argument).result());
        Task<Integer, Integer> nest =
                Task.named("nest").body(argument -> inner.withTaskRunner(runner).run(argument));
        Flow<Integer, Integer> outer = Flow.named("outer").body((run, width) -> {
            List<TaskFuture<Integer>> parts = IntStream.range(0, width)
                    .mapToObj(number -> run.submit(nest, number))
                    .toList();
            return TaskFuture.all(parts).result().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        });

        assertThat(outer.withTaskRunner(runner).run(6)).isEqualTo(21);
    }

    @Test
    default void flowInsideATaskRunsOnTheDefaultRunner() {
        Flow<Integer, Integer> inner = Flow.named("inner")
                .body((run, argument) -> run.submit(INCREMENT, argument).result());
        Task<Integer, Integer> nest = Task.named("nest").body(argument -> inner.run(argument));

        assertThat(flow(run -> run.submit(nest, 4).result()).run()).isEqualTo(5);
    }

    /** A record that holds a flow run beside other objects. */
    record Holder(List<Object> objects) implements Serializable {}

    @Test
    default void taskThatReachesAFlowRunIsRefusedAndSaysWhatToDo() {
        Task<Object, Integer> ignore = Task.named("ignore").body(argument -> 1);
        List<String> refusals = flow(run -> {
                    List<ThrowingCallable> ways = List.of(
                            () -> run.submit(
                                    "captures", () -> run.submit(INCREMENT, 1).result()),
                            () -> run.submitAction("captures", () -> run.submit(INCREMENT, 1)),
                            () -> run.submit(ignore, run),
                            () -> run.submit(ignore, new Holder(List.of("text", run))),
                            () -> run.submit(ignore, Map.of("run", new AtomicReference<>(run))));
                    return ways.stream()
                            .map(way -> catchThrowableOfType(IllegalArgumentException.class, way))
                            .map(refusal -> String.valueOf(refusal.getMessage()))
                            .toList();
                })
                .run();

        assertThat(refusals)
                .hasSize(5)
                .allSatisfy(refusal -> assertThat(refusal)
                        .contains("FlowRun is not serializable")
                        .contains("let the task capture the values or futures that it needs"));
        assertThat(refusals.get(0))
                .contains("captured argument 1")
                .contains("of the lambda in " + FlowTaskContract.class.getName());
        assertThat(refusals.get(2)).contains("field 'argument'");
        assertThat(refusals.get(3)).contains("field 'objects' of " + Holder.class.getName());
    }

    @Test
    default void taskMayReachFlowsTasksFuturesAndRunners() {
        Flow<Integer, Integer> inner = Flow.named("inner").body((run, argument) -> argument + 1);
        Task<Integer, Integer> task = INCREMENT;
        TaskRunner runner = runner();

        assertThat(flow(run -> {
                            TaskFuture<Integer> one = run.submit(INCREMENT, 0);
                            return run.submit(
                                            "reaches",
                                            () -> inner.run(one.result())
                                                    + task.name().length()
                                                    + runner.name().length())
                                    .result();
                        })
                        .run())
                .isEqualTo(2 + "increment".length() + runner.name().length());
    }

    @Test
    default void bodyIsNoTask() {
        assertThat(flow(run -> TaskContext.current().isPresent()).run()).isFalse();
    }
}
