package io.github.ignitetasks.contract;

import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Contract of cancellation: a cancelled task ends, in whatever stage it is. */
interface CancelContract extends Contract {

    @Test
    default void queuedCallThatIsCancelledNeverStarts() {
        Gate gate = gate();
        Tally runs = tally();
        try (TaskSession session = withSlots(1).start()) {
            TaskFuture<Integer> before = session.submit(key("before"), () -> {
                gate.pass();
                return 1;
            });
            TaskFuture<Integer> queued = session.submit(key("queued"), () -> {
                runs.add();
                return 2;
            });

            boolean cancelled = queued.cancel();
            StateType ended = end(queued).type();
            gate.open();
            end(before);
            end(session.submit(key("after"), () -> 3));

            assertThat(cancelled).isTrue();
            assertThat(ended).as("while the slot is taken").isEqualTo(StateType.CANCELLED);
            assertThat(end(queued).attempt()).isZero();
            assertThat(runs.count()).isZero();
        }
    }

    @Test
    default void callThatWaitsBehindManyThatAreCancelledRuns() {
        Gate gate = gateOpenIfSequential();
        try (TaskSession session = withSlots(1).start()) {
            session.submit(key("before"), () -> {
                gate.pass();
                return 0;
            });
            List<TaskFuture<Integer>> many = Stream.generate(() -> session.submit(key("cancelled"), () -> 1))
                    .limit(20_000)
                    .toList();
            TaskFuture<Integer> last = session.submit(key("last"), () -> 2);

            many.forEach(TaskFuture::cancel);
            gate.open();

            assertThat(end(last).result()).isEqualTo(2);
        }
    }

    @Test
    default void callThatWaitsForAnUpstreamAndIsCancelledNeverStarts() {
        Gate gate = gate();
        Tally runs = tally();
        TaskFuture<Integer> upstream = session().submit(key("upstream"), () -> {
            gate.pass();
            return 1;
        });
        TaskFuture<Integer> dependent = session().submit(key("dependent"), () -> {
            runs.add();
            return upstream.result() + 1;
        });

        boolean cancelled = dependent.cancel();
        gate.open();

        assertThat(end(upstream).isCompleted()).isTrue();
        assertThat(cancelled).isTrue();
        assertThat(end(dependent).type()).isEqualTo(StateType.CANCELLED);
        end(session().submit(key("later"), () -> upstream.result() + 1));
        assertThat(runs.count()).isZero();
    }

    @Test
    default void runningCallThatIsCancelledIsInterrupted() throws InterruptedException {
        Gate never = gate();
        Tally interrupts = tally();
        TaskFuture<Integer> future = running(session(), key("running"), () -> {
            try {
                never.pass();
            } catch (InterruptedException e) {
                interrupts.add();
                throw e;
            }
            return 1;
        });

        assertThat(future.cancel()).isTrue();

        State<Integer> state = end(future);
        assertThat(state)
                .isInstanceOfSatisfying(
                        State.Cancelled.class,
                        cancelled -> assertThat(cancelled.stillRunning()).isFalse());
        assertThat(state.attempt()).isEqualTo(1);
        assertThat(interrupts.count()).as("the code has left").isEqualTo(1);
    }

    @Test
    default void callThatReturnsAfterItWasCancelledIsCancelled() throws InterruptedException {
        Gate never = gate();
        TaskFuture<String> future = running(session(), key("running"), () -> {
            try {
                never.pass();
            } catch (InterruptedException e) {
                return "returned " + TaskContext.current().orElseThrow().isCancelled();
            }
            return "passed";
        });

        future.cancel();

        assertThat(end(future).type()).isEqualTo(StateType.CANCELLED);
    }

    @Test
    default void callThatIgnoresItsInterruptIsCancelledAndSaidToRunOn() throws InterruptedException {
        Gate gate = gate();
        TaskFuture<Integer> future = running(session(), key("stubborn"), () -> {
            gate.passUninterruptibly();
            return 1;
        });

        assertThat(future.cancel()).isTrue();

        State<Integer> state = end(future);
        gate.open();
        assertThat(state)
                .isInstanceOfSatisfying(
                        State.Cancelled.class,
                        cancelled -> assertThat(cancelled.stillRunning()).isTrue());
        assertThat(state.describe()).contains("ignores the interrupt");
    }

    @Test
    default void callThatIsCancelledIsNotRunAgain() throws InterruptedException {
        Gate never = gate();
        Tally runs = tally();
        String key = key("running");
        CallOptions options = CallOptions.none().withRetries(3, Deadlines.GLIMPSE);
        Gate started = gate();
        Background.run(() -> session()
                .submit(
                        key,
                        () -> {
                            runs.add();
                            started.open();
                            never.pass();
                            return 1;
                        },
                        options));
        started.pass();
        TaskFuture<Integer> future = session().submit(key, () -> 1);

        future.cancel();

        assertThat(end(future).type()).isEqualTo(StateType.CANCELLED);
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    default void callBetweenTwoAttemptsIsCancelledAtOnce() throws InterruptedException {
        Tally runs = tally();
        String key = key("flaky");
        CallOptions options = CallOptions.none().withRetries(1, Deadlines.PATIENCE.multipliedBy(10));
        Gate started = gate();
        Background.run(() -> session()
                .submit(
                        key,
                        () -> {
                            runs.add();
                            started.open();
                            throw new FailureContract.OwnException("not yet");
                        },
                        options));
        started.pass();
        TaskFuture<Integer> future = session().submit(key, () -> 1);

        assertThat(future.cancel()).isTrue();

        assertThat(end(future).type()).isEqualTo(StateType.CANCELLED);
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    default void callThatHasEndedIsNotCancelled() {
        TaskFuture<Integer> future = session().submit(key("one"), () -> 1);
        end(future);

        assertThat(future.cancel()).isFalse();

        assertThat(end(future).result()).isEqualTo(1);
    }

    @Test
    default void cancelOfWhateverHasEndedReturnsFalse() throws InterruptedException {
        TaskFuture<Integer> failed = session().submit(key("failed"), () -> {
            throw new FailureContract.OwnException("on purpose");
        });
        TaskFuture<Integer> notReady = session().submit(key("not-ready"), () -> failed.result() + 1);
        TaskFuture<Integer> completed = session().complete(key("completed"), 1);
        TaskFuture<Integer> released = session().submit(key("released"), () -> 1);
        end(released);
        released.release();
        Gate never = gate();
        TaskFuture<Integer> cancelled = running(session(), key("cancelled"), () -> {
            never.pass();
            return 1;
        });
        assertThat(cancelled.cancel()).isTrue();
        List<TaskFuture<Integer>> all = List.of(failed, notReady, completed, released, cancelled);
        List<StateType> before = all.stream().map(future -> end(future).type()).toList();

        for (TaskFuture<Integer> future : all) {
            assertThat(future.cancel()).as(future.key()).isFalse();
            assertThat(future.cancel()).as(future.key() + " again").isFalse();
        }
        assertThat(TaskFuture.all(all).cancel()).isFalse();
        assertThat(TaskFuture.all(List.of()).cancel()).isFalse();
        assertThat(all.stream().map(future -> end(future).type())).isEqualTo(before);
        assertThat(end(session().submit(key("captures"), notReady::cancel)).type())
                .as("upstreams are Completed")
                .isEqualTo(StateType.NOT_READY);
        assertThat(end(session().submit(key("captures"), completed::cancel)).result())
                .isFalse();
    }

    /** Prepares for the submission of a dependent while its upstream runs. By default, nothing is necessary. */
    default void prepareToSubmitDependent(TaskFuture<?> upstream, Gate endOfUpstream) {}

    @Test
    default void keyThatWasCancelledBeforeItStartedIsCancelledForWhoSubmitsItLater() throws InterruptedException {
        Gate gate = gate();
        String key = key("dependent");
        TaskFuture<Integer> upstream = running(session(), key("upstream"), () -> {
            gate.pass();
            return 1;
        });
        TaskCall<Integer> call = () -> upstream.result() + 1;
        prepareToSubmitDependent(upstream, gate);
        TaskFuture<Integer> dependent = session().submit(key, call);
        dependent.cancel();
        State<Integer> state = end(dependent);
        gate.open();

        assertThat(state.type()).isIn(StateType.CANCELLED, StateType.NOT_READY);
        assertThat(end(session().submit(key, () -> 3))).isEqualTo(state);
        try (TaskSession other = runner().start()) {
            State<Integer> seen = end(other.submit(key, () -> 3));
            assertThat(seen.type()).isEqualTo(sharesKeysBetweenSessions() ? state.type() : StateType.COMPLETED);
        }
    }

    @Test
    default void dependentOfACancelledCallIsNotReady() throws Exception {
        Gate never = gate();
        TaskFuture<Integer> upstream = running(session(), key("running"), () -> {
            never.pass();
            return 1;
        });
        Background.Running<TaskFuture<Integer>> dependent =
                Background.call(() -> session().submit(key("dependent"), () -> upstream.result() + 1));

        upstream.cancel();

        State<Integer> state = end(dependent.result().get());
        assertThat(state.type()).isEqualTo(StateType.NOT_READY);
        assertThat(state.describe()).contains(upstream.key(), "Cancelled");
    }

    @Test
    default void resultOfACancelledCallThrowsThatItDidNotComplete() throws InterruptedException {
        Gate never = gate();
        TaskFuture<Integer> future = running(session(), key("running"), () -> {
            never.pass();
            return 1;
        });

        future.cancel();

        assertThatExceptionOfType(NotCompletedException.class)
                .isThrownBy(() -> future.result(Deadlines.PATIENCE))
                .withMessageContaining(future.key())
                .withMessageContaining("Cancelled");
    }
}
