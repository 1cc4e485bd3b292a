package io.github.ignitetasks.internal.execution;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.FailedAttempt;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@SuppressWarnings("serial") // no untrusted code gets the lambdas that use private members
final class CallExecutionCancelTest extends CallExecutionSetting {

    @Test
    void cancelBeforeTheStartEndsTheRun() throws Exception {
        CallExecution<String> run = run(CallOptions.none(), this::count);

        assertThat(run.cancel()).isTrue();
        run.runIn(slots);

        assertThat(end()).isInstanceOfSatisfying(State.Cancelled.class, state -> {
            assertThat(state.attempt()).isZero();
            assertThat(state.stillRunning()).isFalse();
        });
        assertSlotIsFree();
        assertThat(starts).hasValue(0);
    }

    @Test
    void cancelInTheQueueEndsTheRun() throws Exception {
        CountDownLatch holding = new CountDownLatch(1);
        slots.run(slot -> Work.pass(holding));
        CallExecution<String> run = run(CallOptions.none(), this::count);
        run.runIn(slots);

        assertThat(run.cancel()).isTrue();

        assertThat(end().type()).isEqualTo(StateType.CANCELLED);
        holding.countDown();
        assertSlotIsFree();
        assertThat(starts).hasValue(0);
    }

    @Test
    void cancelWhileItRunsIsToldOnceTheCodeHasLeft() throws Exception {
        CountDownLatch leaving = new CountDownLatch(1);
        CallExecution<String> run = run(CallOptions.none(), () -> {
            started.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                starts.incrementAndGet();
                Work.pass(leaving);
            }
            return "late";
        });
        run.runIn(slots);
        Work.pass(started);

        assertThat(run.cancel()).isTrue();

        leaving.countDown();
        assertThat(end().describe()).isEqualTo("Cancelled");
        assertThat(starts).hasValue(1);
        assertSlotIsFree();
    }

    @Test
    void cancelOfCodeThatIgnoresItIsToldInTheEndAndFreesTheSlot() throws Exception {
        CallExecution<String> run = run(CallOptions.none(), () -> {
            started.countDown();
            awaitUninterruptibly();
            return "late";
        });
        run.runIn(slots);
        Work.pass(started);

        assertThat(run.cancel()).isTrue();

        assertThat(end())
                .isInstanceOfSatisfying(
                        State.Cancelled.class,
                        state -> assertThat(state.stillRunning()).isTrue());
        assertSlotIsFree();
        gate.countDown();
        assertSlotIsFree();
    }

    @Test
    void cancelBetweenTwoAttemptsEndsTheRun() throws Exception {
        CallExecution<String> run = run(CallOptions.none().withRetries(1, LONG), () -> {
            starts.incrementAndGet();
            return fail();
        });
        run.runIn(slots);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(starts).hasValue(1));
        assertSlotIsFree();

        assertThat(run.cancel()).isTrue();

        assertThat(end().type()).isEqualTo(StateType.CANCELLED);
    }

    @Test
    void cancelBetweenTwoAttemptsOnTheCallersThreadLetsThatGo() throws Exception {
        CallExecution<String> run = run(CallOptions.none().withRetries(1, LONG), CallExecutionSetting::fail);
        Thread caller = new Thread(run::runHere, "caller");
        caller.start();
        await().atMost(PATIENCE).until(() -> caller.getState() == Thread.State.TIMED_WAITING);

        assertThat(run.cancel()).isTrue();

        caller.join(PATIENCE.toMillis());
        assertThat(caller.isAlive()).isFalse();
        State<String> state = end();
        assertThat(state.type()).isEqualTo(StateType.CANCELLED);
        assertThat(state.failedAttempts()).extracting(FailedAttempt::number).containsExactly(1);
    }

    @Test
    void interruptBetweenTwoAttemptsOnTheCallersThreadCancels() throws Exception {
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        CallExecution<String> run = run(CallOptions.none().withRetries(1, LONG), CallExecutionSetting::fail);
        Thread caller = new Thread(
                () -> {
                    run.runHere();
                    flag.set(Thread.currentThread().isInterrupted());
                },
                "caller");
        caller.start();
        await().atMost(PATIENCE).until(() -> caller.getState() == Thread.State.TIMED_WAITING);

        caller.interrupt();

        caller.join(PATIENCE.toMillis());
        assertThat(end().type()).isEqualTo(StateType.CANCELLED);
        assertThat(flag).hasValue(true);
    }

    @Test
    void cancelAfterTheEndChangesNothing() throws Exception {
        CallExecution<String> run = run(CallOptions.none(), () -> "done");
        run.runIn(slots);
        end();

        assertThat(run.cancel()).isFalse();

        assertSlotIsFree();
        assertThat(ends).isEmpty();
    }

    @Test
    void cancelThatRacesWithTheEndIsDecidedOnce() throws Exception {
        for (int i = 0; i < RACES; i++) {
            CountDownLatch racing = new CountDownLatch(1);
            CallExecution<String> run = run(CallOptions.none(), () -> {
                racing.await();
                return "done";
            });
            run.runIn(slots);
            racing.countDown();
            boolean cancelled = run.cancel();

            StateType type = end().type();
            assertThat(type).isIn(StateType.CANCELLED, StateType.COMPLETED);
            if (!cancelled) {
                assertThat(type).isEqualTo(StateType.COMPLETED);
            }
        }
        assertSlotIsFree();
        assertThat(ends).as("told twice").isEmpty();
    }

    @Test
    void cancelThatRacesWithTheNextAttemptEndsTheRun() throws Exception {
        for (int i = 0; i < RACES; i++) {
            CountDownLatch racing = new CountDownLatch(1);
            CallExecution<String> run = run(CallOptions.none().withRetries(Integer.MAX_VALUE, Duration.ZERO), () -> {
                racing.countDown();
                return fail();
            });
            run.runIn(slots);
            Work.pass(racing);

            assertThat(run.cancel()).isTrue();

            assertThat(end().type()).isEqualTo(StateType.CANCELLED);
        }
        assertSlotIsFree();
        assertThat(ends).as("told twice").isEmpty();
    }
}
