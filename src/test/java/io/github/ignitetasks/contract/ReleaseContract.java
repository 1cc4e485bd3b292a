package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract of release: a key whose state is released runs again when it is submitted. */
interface ReleaseContract extends Contract {

    @Test
    default void keyThatIsReleasedRunsAnew() {
        String key = key("released");
        TaskFuture<Integer> first = session().submit(key, () -> 1);
        end(first);

        assertThat(first.release()).isTrue();

        TaskFuture<Integer> second = session().submit(key, () -> 2);
        assertThat(second).isNotSameAs(first);
        assertThat(second.result(PATIENCE)).isEqualTo(2);
        assertThat(first.result(PATIENCE)).as("what the future has, it keeps").isEqualTo(1);
    }

    @Test
    default void keyThatIsReleasedByItsSessionRunsAnew() {
        String key = key("released");
        end(session().submit(key, () -> 1));

        assertThat(session().release(key)).isTrue();
        assertThat(session().release(key)).as("it is gone").isFalse();

        assertThat(session().submit(key, () -> 2).result(PATIENCE)).isEqualTo(2);
    }

    @Test
    default void keyThatIsReleasedAtOnceTimeAndAgainNeverShowsAnEarlierState() {
        String key = key("again");
        for (int i = 0; i < 500; i++) {
            int number = i;
            TaskFuture<Integer> future = session().submit(key, () -> number);

            assertThat(future.result(PATIENCE)).isEqualTo(number);
            assertThat(future.release()).isTrue();
        }
    }

    @Test
    default void keyThatDidNotCompleteIsReleasedLikeAnyOther() {
        String key = key("failed");
        TaskFuture<Integer> failed = session().submit(key, () -> {
            throw new FailureContract.OwnException("once");
        });
        assertThat(end(failed).type()).isEqualTo(StateType.FAILED);

        assertThat(failed.release()).isTrue();

        assertThat(session().submit(key, () -> 2).result(PATIENCE)).isEqualTo(2);
    }

    @Test
    default void keyThatHasNotEndedIsNotReleased() throws InterruptedException {
        Gate gate = gate();
        Tally runs = tally();
        String key = key("running");
        TaskFuture<Integer> running = running(session(), key, () -> {
            runs.add();
            gate.pass();
            return 1;
        });

        assertThat(running.release()).isFalse();
        assertThat(session().release(key)).isFalse();
        gate.open();

        assertThat(running.result(PATIENCE)).isEqualTo(1);
        assertThat(session().submit(key, () -> 2)).isSameAs(running);
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    default void keyThatWasNeverSubmittedIsNotReleased() {
        assertThat(session().release(key("unknown"))).isFalse();
    }

    @Test
    default void futureThatWasReleasedDoesNotReleaseTheNextRunOfItsKey() {
        String key = key("released");
        TaskFuture<Integer> first = session().submit(key, () -> 1);
        end(first);
        first.release();
        TaskFuture<Integer> second = session().submit(key, () -> 2);
        end(second);

        assertThat(first.release()).isFalse();

        assertThat(session().submit(key, () -> 3)).isSameAs(second);
    }

    @Test
    default void allOfManyAreReleasedButForThoseThatHaveNotEnded() throws InterruptedException {
        Gate gate = gate();
        TaskFuture<Integer> running = running(session(), key("running"), () -> {
            gate.pass();
            return -1;
        });
        List<TaskFuture<Integer>> ended = IntStream.range(0, 2_000)
                .mapToObj(number -> session().submit(key("part"), () -> number))
                .toList();
        ended.forEach(Contract::end);
        TaskFuture<?> all = TaskFuture.<Object>all(List.of(running, TaskFuture.all(ended)));

        assertThat(all.release()).isTrue();
        assertThat(all.release()).as("none of them is left that has ended").isFalse();
        gate.open();

        assertThat(session().submit(running.key(), () -> 2)).isSameAs(running);
        assertThat(session().release(ended.get(0).key())).isFalse();
        assertThat(session().submit(ended.get(1_999).key(), () -> -3).result(PATIENCE))
                .isEqualTo(-3);
    }

    @Test
    default void callWhoseUpstreamWasReleasedBeforeItRanIsNotReady() throws Exception {
        Gate gate = gate();
        Tally runs = tally();
        TaskFuture<Integer> early = session().submit(key("early"), () -> 1);
        end(early);
        TaskFuture<Integer> late = running(session(), key("late"), () -> {
            gate.pass();
            return 2;
        });
        Background.Running<TaskFuture<Integer>> both =
                Background.call(() -> session().submit(key("both"), () -> {
                    runs.add();
                    return early.result() + late.result();
                }));
        awaitSubmitted(both.result());

        assertThat(early.release()).isTrue();
        gate.open();

        State<Integer> state = end(both.result().get());
        assertThat(state.type()).isEqualTo(StateType.NOT_READY);
        assertThat(state.describe()).contains(early.key(), "was released");
        assertThat(runs.count()).isZero();
    }

    /** Waits until a call is submitted whose upstream still runs. */
    default void awaitSubmitted(Future<?> submitting) throws Exception {
        submitting.get();
    }

    @Test
    default void callWhoseUpstreamWasReleasedBeforeItWasSubmittedIsNotReady() {
        TaskFuture<Integer> released = session().submit(key("released"), () -> 1);
        end(released);
        released.release();

        State<Integer> state = end(session().submit(key("late"), () -> released.result() + 1));

        assertThat(state.type()).isEqualTo(StateType.NOT_READY);
        assertThat(state.describe()).contains(released.key(), "was released");
    }

    @Test
    default void callThatHasRunKeepsItsStateWhenItsUpstreamIsReleased() {
        TaskFuture<Integer> upstream = session().submit(key("upstream"), () -> 1);
        TaskFuture<Integer> dependent = session().submit(key("dependent"), () -> upstream.result() + 1);
        end(dependent);

        assertThat(upstream.release()).isTrue();

        assertThat(session().submit(dependent.key(), () -> -1).result(PATIENCE)).isEqualTo(2);
    }

    @Test
    default void futureThatIsReleasedIsHeldByNobodyAnyMore() {
        WeakReference<TaskFuture<Integer>> released = released();

        await().atMost(PATIENCE).until(() -> {
            System.gc();
            return released.get() == null;
        });
    }

    private WeakReference<TaskFuture<Integer>> released() {
        TaskFuture<Integer> upstream = session().submit(key("upstream"), () -> 1);
        TaskFuture<Integer> dependent = session().submit(key("dependent"), () -> upstream.result() + 1);
        end(dependent);
        upstream.release();
        return new WeakReference<>(upstream);
    }

    @Test
    default void taskReleasesWhatItSubmittedItselfAlone() {
        TaskFuture<Integer> upstream = session().submit(key("upstream"), () -> 1);
        String inner = key("inner");
        TaskRunner runner = runner();
        TaskCall<String> call = () -> {
            String refused = "";
            try {
                upstream.release();
            } catch (IllegalStateException e) {
                refused = String.valueOf(e.getMessage());
            }
            try (TaskSession session = runner.start()) {
                TaskFuture<Integer> own = session.submit(inner, () -> 1);
                own.result();
                boolean released = own.release();
                return refused + " " + released + " " + own.result() + " "
                        + session.submit(inner, () -> 2).result();
            }
        };

        String told = session().submit(key("outer"), call).result(PATIENCE);

        assertThat(told).contains(upstream.key(), "cannot be released", "true 1 2");
    }

    @Test
    default void sessionThatIsClosedReleasesNothing() {
        TaskSession session = runner().start();
        String key = key("released");
        TaskFuture<Integer> future = session.submit(key, () -> 1);
        session.close();

        assertThatIllegalStateException().isThrownBy(future::release).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> session.release(key)).withMessageContaining("closed");
    }
}
