package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskTimeoutException;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract of submission: a submitted call runs, and its future and its key report how it ended. */
interface SubmitContract extends Contract {

    @Test
    default void futureOfASubmittedCallGivesItsResult() {
        assertThat(session().submit(key("square"), () -> 7 * 7).result(PATIENCE))
                .isEqualTo(49);
    }

    @Test
    default void callsWithoutAKeyRunEachUnderAKeyOfItsOwn() {
        TaskFuture<Integer> first = session().submit(() -> 1);
        TaskFuture<Integer> second = session().submit(() -> 2);

        assertThat(first.result(PATIENCE) + second.result(PATIENCE)).isEqualTo(3);
        assertThat(first.key()).isNotEqualTo(second.key());
        assertThat(session().await(first.key(), PATIENCE)).isPresent();
    }

    @Test
    default void keyOfASubmittedCallGivesItsState() {
        String key = key("square");
        session().submit(key, () -> 7 * 7);

        Optional<State<?>> state = session().await(key, PATIENCE);

        assertThat(state).hasValueSatisfying(found -> {
            assertThat(found.type()).isEqualTo(StateType.COMPLETED);
            assertThat(found.name()).isEqualTo("Completed");
            assertThat(found.result()).isEqualTo(49);
        });
    }

    @Test
    default void stateIsThereOnceTheCallHasEnded() {
        TaskFuture<Integer> future = session().submit(key("square"), () -> 7 * 7);

        State<Integer> state = end(future);

        assertThat(future.state()).contains(state);
        assertThat(state.failure()).isEmpty();
    }

    @Test
    default void callThatReturnsNullCompletesWithNull() {
        TaskFuture<@Nullable String> future = session().submit(key("null"), Contract::nothing);

        assertThat(end(future).isCompleted()).isTrue();
        assertThat(future.result()).isNull();
    }

    @Test
    default void actionRunsAndCompletesWithNull() {
        Tally runs = tally();

        TaskFuture<@Nullable Void> underAKey = session().submitAction(key("action"), () -> runs.add());
        TaskFuture<@Nullable Void> other = session().submitAction(runs::add);

        assertThat(end(underAKey).isCompleted() && end(other).isCompleted()).isTrue();
        assertThat(underAKey.result()).isNull();
        assertThat(runs.count()).isEqualTo(2);
    }

    @Test
    default void actionThatThrowsFailsAndIsRetriedAsItsOptionsSay() {
        Tally runs = tally();

        TaskFuture<@Nullable Void> future = session()
                .submitAction(
                        key("action"),
                        () -> {
                            runs.add();
                            throw new IOException("run " + runs.count());
                        },
                        CallOptions.none().withRetries(1, Duration.ZERO));

        assertThat(end(future).type()).isEqualTo(StateType.FAILED);
        assertThat(end(future).describe()).contains("run 2");
    }

    @Test
    default void actionNeedsTheFuturesThatItReaches() {
        TaskFuture<Integer> upstream = session().submit(key("upstream"), () -> {
            throw new IOException("no such page");
        });
        Tally runs = tally();

        TaskFuture<@Nullable Void> future = session().submitAction(key("action"), () -> {
            runs.add();
            upstream.result();
        });

        assertThat(end(future).type()).isEqualTo(StateType.NOT_READY);
        assertThat(runs.count()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // the test passes null
    default void actionThatIsNullIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> session().submitAction(key("none"), null))
                .withMessage("action");
    }

    @Test
    default void awaitThatTimesOutIsEmptyAndCancelsNothing() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<String> future = session().submit(key("slow"), () -> {
            gate.pass();
            return "done";
        });

        Optional<State<String>> early = future.await(GLIMPSE);
        gate.open();

        assertThat(early.isPresent())
                .as("only where submit returns after the end")
                .isEqualTo(isSequential());
        assertThat(end(future).result()).isEqualTo("done");
    }

    @Test
    default void awaitOfAKeyThatTimesOutIsEmptyAndCancelsNothing() {
        Gate gate = gateOpenIfSequential();
        String key = key("slow");
        session().submit(key, () -> {
            gate.pass();
            return "done";
        });

        Optional<State<?>> early = session().await(key, GLIMPSE);
        gate.open();

        assertThat(early.isPresent())
                .as("only where submit returns after the end")
                .isEqualTo(isSequential());
        assertThat(session().await(key, PATIENCE))
                .hasValueSatisfying(late -> assertThat(late.isCompleted()).isTrue());
    }

    @Test
    default void awaitWithoutTimeLooksWithoutWaiting() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<String> future = session().submit(key("slow"), () -> {
            gate.pass();
            return "done";
        });

        Optional<State<String>> now = future.await(Duration.ZERO);
        gate.open();

        assertThat(now.isPresent()).isEqualTo(isSequential());
    }

    @Test
    default void awaitWithoutLimitWaitsForTheEnd() {
        TaskFuture<Integer> future = session().submit(key("square"), () -> 7 * 7);

        assertThat(future.await(Duration.ofSeconds(Long.MAX_VALUE))).isPresent();
    }

    @Test
    default void resultThatTimesOutThrowsAndCancelsNothing() {
        Gate gate = gate();
        String key = key("slow");
        TaskFuture<String> future = session().submit(key, () -> {
            gate.pass();
            return "done";
        });

        assertThatExceptionOfType(TaskTimeoutException.class)
                .isThrownBy(() -> future.result(GLIMPSE))
                .withMessageContaining(key)
                .withMessageContaining(GLIMPSE.toString());
        gate.open();
        assertThat(future.result(PATIENCE)).isEqualTo("done");
    }

    @Test
    default void slowCallDoesNotHoldBackABurstOfFastOnes() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<String> slow = session().submit(key("slow"), () -> {
            gate.pass();
            return "slow";
        });
        List<TaskFuture<String>> fast = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            fast.add(session().submit(key("fast"), () -> "fast"));
        }

        fast.forEach(future -> assertThat(future.result(PATIENCE)).isEqualTo("fast"));

        assertThat(slow.state().isPresent())
                .as("only where submit returns after the end")
                .isEqualTo(isSequential());
        gate.open();
        assertThat(slow.result(PATIENCE)).isEqualTo("slow");
    }

    @Test
    default void changeOfACapturedListAfterSubmitIsSeenByNoCopy() {
        Gate gate = gateOpenIfSequential();
        List<String> captured = new ArrayList<>(List.of("before"));
        TaskFuture<Integer> size = session().submit(key("size"), () -> {
            gate.pass();
            return captured.size();
        });

        captured.add("after");
        gate.open();

        assertThat(size.result(PATIENCE)).isEqualTo(1);
    }
}
