package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.SequentialTaskRunner;
import io.github.ignitetasks.support.Gate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract of upstreams: a call runs once all futures that it holds are Completed, at any depth. */
interface UpstreamContract extends Contract {
    int CHAIN = 1_000;

    /** A record that holds one object. */
    record Box<T>(T content) implements Serializable {}

    /** A supplier whose lambdas can be part of a call. */
    interface SerializableSupplier<T> extends Supplier<T>, Serializable {}

    @Test
    default void callRunsAfterItsUpstream() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> upstream = seven(gate);
        TaskFuture<Integer> next = session().submit(key("next"), () -> upstream.result() + 1);

        session().submit(key("after"), () -> 1).result(PATIENCE); // this call is behind the other in each queue
        assertThat(next.isDone()).isEqualTo(isSequential());
        gate.open();

        assertThat(next.result(PATIENCE)).isEqualTo(8);
    }

    @Test
    default void upstreamThreeRecordsDeepIsFound() {
        Gate gate = gateOpenIfSequential();
        Box<Box<Box<TaskFuture<Integer>>>> boxes = new Box<>(new Box<>(new Box<>(seven(gate))));

        TaskFuture<Integer> next = session()
                .submit(key("next"), () -> boxes.content().content().content().result() + 1);
        gate.open();

        assertThat(end(next).result()).isEqualTo(8);
    }

    @Test
    default void upstreamThreeListsDeepIsFound() {
        Gate gate = gateOpenIfSequential();
        List<List<List<TaskFuture<Integer>>>> lists = List.of(List.of(new ArrayList<>(List.of(seven(gate)))));

        TaskFuture<Integer> next =
                session().submit(key("next"), () -> lists.get(0).get(0).get(0).result() + 1);
        gate.open();

        assertThat(end(next).result()).isEqualTo(8);
    }

    @Test
    default void upstreamThreeMapsDeepIsFound() {
        Gate gate = gateOpenIfSequential();
        Map<String, Map<String, Map<String, TaskFuture<Integer>>>> maps =
                Map.of("a", Map.of("b", Map.of("c", seven(gate))));

        TaskFuture<Integer> next =
                session().submit(key("next"), () -> only(only(only(maps))).result() + 1);
        gate.open();

        assertThat(end(next).result()).isEqualTo(8);
    }

    @Test
    default void upstreamThreeLambdasDeepIsFound() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> upstream = seven(gate);
        SerializableSupplier<Integer> inner = upstream::result;
        SerializableSupplier<Integer> middle = () -> inner.get() + 1;

        TaskFuture<Integer> next = session().submit(key("next"), () -> middle.get() + 1);
        gate.open();

        assertThat(end(next).result()).isEqualTo(9);
    }

    @Test
    default void upstreamInARecordInAListInAMapInALambdaIsFound() {
        Gate gate = gateOpenIfSequential();
        Map<String, List<Box<TaskFuture<Integer>>>> mixed = Map.of("a", List.of(new Box<>(seven(gate))));
        SerializableSupplier<Integer> inner = () -> only(mixed).get(0).content().result();

        TaskFuture<Integer> next = session().submit(key("next"), () -> inner.get() + 1);
        gate.open();

        assertThat(end(next).result()).isEqualTo(8);
    }

    @Test
    default void upstreamHeldTwiceCountsOnce() {
        TaskFuture<Integer> upstream = seven(gateOpen());
        List<TaskFuture<Integer>> twice = List.of(upstream, upstream);

        TaskFuture<Integer> sum = session()
                .submit(
                        key("sum"),
                        () -> twice.stream().mapToInt(TaskFuture::result).sum());

        assertThat(end(sum).result()).isEqualTo(14);
    }

    @Test
    default void upstreamThatHasEndedIsFoundToo() {
        TaskFuture<Integer> upstream = seven(gateOpen());
        end(upstream);

        assertThat(end(session().submit(key("next"), () -> upstream.result() + 1))
                        .result())
                .isEqualTo(8);
    }

    @Test
    default void upstreamWhoseResultIsNullGivesNull() {
        TaskFuture<@Nullable String> upstream = session().submit(key("null"), Contract::nothing);

        assertThat(end(session().submit(key("next"), () -> upstream.result() == null))
                        .result())
                .isTrue();
    }

    @Test
    default void diamondJoinsBothSides() {
        TaskFuture<Integer> top = seven(gateOpen());
        TaskFuture<Integer> left = session().submit(key("left"), () -> top.result() + 1);
        TaskFuture<Integer> right = session().submit(key("right"), () -> top.result() * 2);

        TaskFuture<Integer> bottom = session().submit(key("bottom"), () -> left.result() + right.result());

        assertThat(end(bottom).result()).isEqualTo(22);
    }

    @Test
    default void allGivesTheResultsInTheOrderOfTheFutures() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> late = seven(gate);
        TaskFuture<Integer> early = session().submit(key("early"), () -> 1);
        TaskFuture<List<Integer>> all = TaskFuture.all(List.of(late, early));

        TaskFuture<List<Integer>> reversed = session().submit(key("reversed"), () -> {
            List<Integer> results = new ArrayList<>(all.result());
            Collections.reverse(results);
            return results;
        });
        gate.open();

        assertThat(all.result(PATIENCE)).containsExactly(7, 1);
        assertThat(reversed.result(PATIENCE)).containsExactly(1, 7);
    }

    @Test
    default void allOfFuturesOfWhichOneFailedLeavesTheDependentNotReady() {
        TaskFuture<Integer> fine = seven(gateOpen());
        TaskFuture<Integer> failed = session().submit(key("failed"), () -> {
            throw new FailureContract.OwnException("no such page");
        });
        TaskFuture<List<Integer>> all = TaskFuture.all(List.of(fine, failed));

        State<Integer> state =
                end(session().submit(key("size"), () -> all.result().size()));

        assertThat(state.type()).isEqualTo(StateType.NOT_READY);
        assertThat(state.describe()).contains(failed.key(), "no such page");
        assertThat(end(all).describe()).contains(failed.key(), "no such page");
    }

    @Test
    default void allFailsAsSoonAsOneFutureHasFailed() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> slow = session().submit(key("slow"), () -> {
            gate.pass();
            return 1;
        });
        TaskFuture<Integer> failed = session().submit(key("failed"), () -> {
            throw new FailureContract.OwnException("seven");
        });
        TaskFuture<List<Integer>> all = TaskFuture.all(List.of(slow, failed));

        State<List<Integer>> state = all.await();
        boolean early = !slow.isDone();
        gate.open();

        assertThat(early).isEqualTo(!isSequential());
        assertThat(state)
                .isInstanceOfSatisfying(
                        State.NotReady.class,
                        notReady -> assertThat(notReady.upstream()).isEqualTo(failed.key()));
        end(slow);
        assertThat(all.state()).contains(state);
    }

    @Test
    default void resultOfADependentThrowsTheExceptionOfTheUpstreamThatFailedFirst() {
        TaskFuture<Integer> failed = session().submit(key("failed"), () -> {
            throw new FailureContract.OwnException("seven");
        });
        TaskFuture<Integer> next = session().submit(key("next"), () -> failed.result() + 1);
        TaskFuture<Integer> last = session().submit(key("last"), () -> next.result() + 1);

        for (TaskFuture<?> dependent : List.of(next, last, TaskFuture.all(List.of(next, last)))) {
            assertThatExceptionOfType(NotCompletedException.class)
                    .isThrownBy(() -> dependent.result(PATIENCE))
                    .withMessageContaining("upstream '" + failed.key() + "' ended Failed")
                    .havingCause()
                    .isInstanceOf(FailureContract.OwnException.class)
                    .withMessage("seven");
        }
    }

    @Test
    default void chainOfAThousandCallsRunsToItsEnd() {
        Gate gate = gateOpenIfSequential();

        TaskFuture<Integer> last = chainAfter(seven(gate));
        gate.open();

        assertThat(end(last).result()).isEqualTo(7 + CHAIN);
    }

    @Test
    default void chainOfAThousandCallsWhoseHeadFailsIsNotReadyToItsEnd() {
        Gate gate = gateOpenIfSequential();
        String headKey = key("head");
        TaskFuture<Integer> head = session().submit(headKey, () -> {
            gate.pass();
            throw new FailureContract.OwnException("no such page");
        });

        TaskFuture<Integer> last = chainAfter(head);
        gate.open();

        assertThat(end(last).type()).isEqualTo(StateType.NOT_READY);
        assertThat(end(last).describe()).contains(headKey, "no such page");
    }

    @Test
    default void futureOfAnotherRunnersSessionIsRefused() {
        try (TaskSession other = SequentialTaskRunner.create().start()) {
            TaskFuture<Integer> foreign = other.submit(key("foreign"), () -> 1);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session().submit(key("next"), () -> foreign.result() + 1))
                    .withMessageContaining(foreign.key());
        }
    }

    @Test
    default void futureOfAnotherRunnersSessionIsRefusedBesideOneOfTheSameKey() {
        String key = key("both");
        TaskFuture<Integer> own = session().submit(key, () -> 1);
        try (TaskSession other = SequentialTaskRunner.create().start()) {
            TaskFuture<Integer> foreign = other.submit(key, () -> 2);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session().submit(key("sum"), () -> own.result() + foreign.result()))
                    .withMessageContaining(key);
        }
    }

    private TaskFuture<Integer> chainAfter(TaskFuture<Integer> head) {
        TaskFuture<Integer> last = head;
        for (int i = 0; i < CHAIN; i++) {
            TaskFuture<Integer> previous = last;
            last = session().submit(key("link"), () -> previous.result() + 1);
        }
        return last;
    }

    private static <T> T only(Map<String, T> map) {
        return map.values().iterator().next();
    }

    private Gate gateOpen() {
        Gate gate = gate();
        gate.open();
        return gate;
    }

    private TaskFuture<Integer> seven(Gate gate) {
        return session().submit(key("seven"), () -> {
            gate.pass();
            return 7;
        });
    }
}
