package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.support.Gate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract of settled upstreams: a call that holds the end of a future runs in whatever state the future ends. */
interface SettledContract extends Contract {

    @Test
    default void callRunsAfterItsSettledUpstreamHasFailed() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<State<Integer>> end = failing("no such page", gate).settled();
        TaskFuture<String> next =
                session().submit(key("next"), () -> end.result().describe());
        TaskFuture<Boolean> carried = session()
                .submit(
                        key("carried"),
                        () -> end.result().failure().orElseThrow().throwable().orElseThrow()
                                instanceof FailureContract.OwnException);
        assertThat(next.isDone()).isEqualTo(isSequential());

        gate.open();

        assertThat(end(next).result()).contains("Failed", "no such page");
        assertThat(end(carried).result()).isTrue();
    }

    @Test
    default void settledUpstreamThatCompletedHasItsResult() {
        TaskFuture<State<Integer>> end = session().submit(key("seven"), () -> 7).settled();

        TaskFuture<Integer> next =
                session().submit(key("next"), () -> end.result().result() + 1);

        assertThat(end(next).result()).isEqualTo(8);
        assertThat(end.result(PATIENCE).result()).isEqualTo(7);
    }

    @Test
    default void callRunsAfterItsSettledUpstreamWasCancelled() throws InterruptedException {
        Gate gate = gateOpenIfSequential();
        TaskFuture<State<Integer>> end = running(session(), key("upstream"), () -> {
                    gate.pass();
                    return 7;
                })
                .settled();
        TaskFuture<StateType> next =
                session().submit(key("next"), () -> end.result().type());

        assertThat(end.cancel()).isEqualTo(!isSequential());

        assertThat(end(next).result()).isEqualTo(isSequential() ? StateType.COMPLETED : StateType.CANCELLED);
    }

    @Test
    default void callRunsAfterItsSettledUpstreamNeverRan() {
        TaskFuture<Integer> head = failing("no such page", gateOpen());
        TaskFuture<State<Integer>> end =
                session().submit(key("middle"), () -> head.result() + 1).settled();

        TaskFuture<StateType> next =
                session().submit(key("next"), () -> end.result().type());

        assertThat(end(next).result()).isEqualTo(StateType.NOT_READY);
    }

    @Test
    default void callThatAlsoNeedsTheResultDoesNotRun() {
        TaskFuture<Integer> upstream = failing("no such page", gateOpen());
        TaskFuture<State<Integer>> end = upstream.settled();

        TaskFuture<Integer> first =
                session().submit(key("first"), () -> end.result().attempt() + upstream.result());
        TaskFuture<Integer> second = session()
                .submit(key("second"), () -> upstream.result() + end.result().attempt());

        assertThat(end(first).type()).isEqualTo(StateType.NOT_READY);
        assertThat(end(second).type()).isEqualTo(StateType.NOT_READY);
    }

    @Test
    default void endOfManyWaitsForAllOfThem() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> failing = failing("no such page", gateOpen());
        TaskFuture<Integer> late = session().submit(key("late"), () -> {
            gate.pass();
            return 7;
        });
        TaskFuture<State<List<Integer>>> end =
                TaskFuture.all(List.of(failing, late)).settled();
        TaskFuture<String> next =
                session().submit(key("next"), () -> end.result().describe());
        assertThat(end(failing).type()).isEqualTo(StateType.FAILED);
        assertThat(end.isDone()).isEqualTo(isSequential());

        gate.open();

        assertThat(end(next).result()).contains("NotReady", "no such page");
        assertThat(end.result(PATIENCE))
                .isInstanceOfSatisfying(
                        State.NotReady.class,
                        notReady -> assertThat(notReady.upstream()).isEqualTo(failing.key()));
    }

    @Test
    default void endsOfManyAreAListOfStates() {
        List<TaskFuture<State<Integer>>> ends = List.of(
                failing("no such page", gateOpen()).settled(),
                session().submit(key("seven"), () -> 7).settled());
        TaskFuture<List<State<Integer>>> all = TaskFuture.all(ends);

        TaskFuture<List<StateType>> types = session()
                .submit(
                        key("types"),
                        () -> List.copyOf(all.result().stream().map(State::type).toList()));

        assertThat(end(types).result()).containsExactly(StateType.FAILED, StateType.COMPLETED);
        assertThat(all.result(PATIENCE)).hasSize(2);
    }

    @Test
    default void endOfAnEndAlwaysHasAResult() {
        TaskFuture<State<Integer>> end = failing("no such page", gateOpen()).settled();
        TaskFuture<State<State<Integer>>> twice = end.settled();
        TaskFuture<State<List<State<Integer>>>> all =
                TaskFuture.all(List.of(end)).settled();

        TaskFuture<StateType> next = session()
                .submit(
                        key("next"),
                        () -> all.result().isCompleted()
                                ? twice.result().result().type()
                                : StateType.CRASHED);

        assertThat(end(next).result()).isEqualTo(StateType.FAILED);
    }

    @Test
    default void endOfAReleasedFailureIsStillThere() {
        TaskFuture<Integer> failing = failing("no such page", gateOpen());
        assertThat(end(failing).type()).isEqualTo(StateType.FAILED);
        assertThat(failing.release()).isTrue();
        TaskFuture<State<Integer>> end = failing.settled();

        TaskFuture<String> next =
                session().submit(key("next"), () -> end.result().describe());

        assertThat(end(next).result()).contains("no such page");
    }

    @Test
    default void taskPassesASettledUpstreamOnToTasksOfItsOwn() {
        TaskFuture<State<Integer>> end = failing("no such page", gateOpen()).settled();
        String inner = key("inner");

        TaskFuture<String> outer = session().submit(key("outer"), () -> {
            TaskCall<String> call = () -> end.result().describe();
            return TaskContext.current()
                    .orElseThrow()
                    .session()
                    .submit(inner, call)
                    .result();
        });

        assertThat(end(outer).result()).contains("no such page");
    }

    @Test
    default void resultThatHoldsASettledFutureIsRefused() {
        TaskFuture<State<Integer>> end = session().submit(key("seven"), () -> 7).settled();

        TaskFuture<List<Object>> next = session().submit(key("next"), () -> List.of(end));

        assertThat(end(next).type()).isEqualTo(StateType.CRASHED);
    }

    private TaskFuture<Integer> failing(String message, Gate gate) {
        return session().submit(key("failing"), () -> {
            gate.pass();
            throw new FailureContract.OwnException(message);
        });
    }

    private Gate gateOpen() {
        Gate gate = gate();
        gate.open();
        return gate;
    }
}
