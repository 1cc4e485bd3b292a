package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.Retries;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Contract of call options, and of the attempts, times and node that a state reports. */
interface OptionsContract extends Contract {
    /** The tolerance for comparing times. One clock gives the times of a state, another one measures delays. */
    Duration CLOCK_ERROR = Duration.ofMillis(20);

    @Test
    default void callThatRunsLongerThanItsTimeoutIsInterruptedAndTimedOut() {
        Gate never = gate();
        Tally interrupts = tally();

        State<Integer> state = end(session()
                .submit(
                        key("slow"),
                        () -> {
                            try {
                                never.pass();
                            } catch (InterruptedException e) {
                                interrupts.add();
                                throw e;
                            }
                            return 1;
                        },
                        CallOptions.none().withTimeout(GLIMPSE)));

        assertThat(state.type()).isEqualTo(StateType.FAILED);
        assertThat(state.name()).isEqualTo("TimedOut");
        assertThat(state.failure().map(Failure::type)).contains(TimeoutException.class.getName());
        assertThat(state.describe()).contains(GLIMPSE.toString());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(interrupts.count()).isEqualTo(1));
    }

    @Test
    default void callThatEndsWithinItsTimeoutCompletes() {
        State<Integer> state =
                end(session().submit(key("fast"), () -> 1, CallOptions.none().withTimeout(PATIENCE)));

        assertThat(state.isCompleted()).isTrue();
    }

    @Test
    default void timeoutOfMoreThanThreeCenturiesIsNoLimit() {
        CallOptions options = CallOptions.none().withTimeout(Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(end(session().submit(key("fast"), () -> 1, options)).result())
                .isEqualTo(1);
    }

    @Test
    default void interruptByATimeoutDoesNotReachTheNextCall() {
        Gate never = gate();
        end(session()
                .submit(
                        key("slow"),
                        () -> {
                            never.pass();
                            return 1;
                        },
                        CallOptions.none().withTimeout(GLIMPSE)));

        State<Boolean> next =
                end(session().submit(key("next"), () -> Thread.currentThread().isInterrupted()));

        assertThat(next.result()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    default void callThatFailsIsRunAgainUntilItSucceeds() {
        Tally runs = tally();

        State<Integer> state = end(session()
                .submit(
                        key("flaky"),
                        () -> {
                            runs.add();
                            if (runs.count() < 3) {
                                throw new FailureContract.OwnException("not yet");
                            }
                            return TaskContext.current().orElseThrow().attempt();
                        },
                        CallOptions.none().withRetries(5, Duration.ZERO)));

        assertThat(state.result()).isEqualTo(3);
        assertThat(state.attempt()).isEqualTo(3);
        assertThat(runs.count()).isEqualTo(3);
    }

    @Test
    default void callThatFailsEachTimeIsFailedAfterItsRetries() {
        Tally runs = tally();

        State<Integer> state = end(session()
                .submit(
                        key("broken"),
                        () -> {
                            runs.add();
                            throw new FailureContract.OwnException("run " + runs.count());
                        },
                        CallOptions.none().withRetries(2, Duration.ZERO)));

        assertThat(state.type()).isEqualTo(StateType.FAILED);
        assertThat(state.failure().map(Failure::message)).contains("run 3");
        assertThat(state.attempt()).isEqualTo(3);
        assertThat(runs.count()).isEqualTo(3);
    }

    @Test
    default void callThatTimesOutIsRunAgainToo() {
        Tally runs = tally();
        Gate never = gate();

        State<Integer> state = end(session()
                .submit(
                        key("slow"),
                        () -> {
                            runs.add();
                            if (runs.count() == 1) {
                                never.pass();
                            }
                            return 1;
                        },
                        CallOptions.none().withTimeout(Duration.ofSeconds(1)).withRetries(3, Duration.ZERO)));

        assertThat(state.result()).isEqualTo(1);
        assertThat(state.attempt()).isGreaterThan(1);
    }

    @Test
    default void attemptsAreADelayApart() {
        Duration delay = Duration.ofMillis(200);
        Tally runs = tally();
        Instant before = Instant.now();

        State<Integer> state = end(session()
                .submit(
                        key("flaky"),
                        () -> {
                            runs.add();
                            if (runs.count() < 3) {
                                throw new FailureContract.OwnException("not yet");
                            }
                            return 1;
                        },
                        CallOptions.none().withRetries(2, delay)));

        assertThat(Duration.between(before, state.startTime()))
                .isGreaterThan(delay.multipliedBy(2).minus(CLOCK_ERROR));
    }

    @Test
    default void callIsRunAgainOnlyOnTheExceptionsThatItsRetriesName() {
        Tally runs = tally();
        Retries retries = Retries.delays(Duration.ZERO, Duration.ZERO, Duration.ZERO)
                .when(thrown -> "again".equals(thrown.getMessage()));

        State<Integer> state = end(session()
                .submit(
                        key("picky"),
                        () -> {
                            runs.add();
                            throw new FailureContract.OwnException(runs.count() == 1 ? "again" : "no more");
                        },
                        CallOptions.none().withRetries(retries)));

        assertThat(state.failure().map(Failure::message)).contains("no more");
        assertThat(state.failure().flatMap(Failure::throwable)).containsInstanceOf(FailureContract.OwnException.class);
        assertThat(state.attempt()).isEqualTo(2);
        assertThat(runs.count()).isEqualTo(2);
    }

    @Test
    default void conditionThatThrowsStopsTheRetries() {
        Retries retries = Retries.fixed(3, Duration.ZERO).when(thrown -> {
            throw new IllegalStateException("thrown by the condition");
        });

        State<Integer> state = end(session()
                .submit(
                        key("broken"),
                        () -> {
                            throw new FailureContract.OwnException("thrown by the call");
                        },
                        CallOptions.none().withRetries(retries)));

        assertThat(state.attempt()).isEqualTo(1);
        assertThat(state.failure().map(Failure::message)).contains("thrown by the call");
        assertThat(state.failure().map(Failure::stackTrace).orElseThrow()).contains("thrown by the condition");
    }

    @Test
    default void callThatTimesOutIsRunAgainWhateverTheCondition() {
        Tally runs = tally();
        Gate never = gate();

        State<Integer> state = end(session()
                .submit(
                        key("slow"),
                        () -> {
                            runs.add();
                            if (runs.count() == 1) {
                                never.pass();
                            }
                            return 1;
                        },
                        CallOptions.none()
                                .withTimeout(Duration.ofSeconds(1))
                                .withRetries(Retries.fixed(3, Duration.ZERO).onlyOn(IllegalStateException.class))));

        assertThat(state.result()).isEqualTo(1);
    }

    @Test
    default void callThatCrashesIsNotRunAgain() {
        State<String> state = end(session()
                .submit(
                        key("crash"),
                        new Spoilt.UnreadableCall(),
                        CallOptions.none().withRetries(3, Duration.ZERO)));

        assertThat(state.type()).isEqualTo(typeOfACallThatCannotBeRead());
        assertThat(state.attempt()).isEqualTo(1);
    }

    @Test
    default void stateTellsWhenAndWhereTheCallRan() {
        State<Integer> state = end(session().submit(key("one"), () -> 1));

        assertThat(state.startTime()).isBeforeOrEqualTo(state.endTime());
        assertThat(state.node()).isNotBlank();
        assertThat(state.attempt()).isEqualTo(1);
    }

    @Test
    default void stateOfAFailedCallTellsWhenAndWhereItRan() {
        State<Integer> state = end(session().submit(key("broken"), () -> {
            throw new FailureContract.OwnException("no such page");
        }));

        assertThat(state.startTime()).isBeforeOrEqualTo(state.endTime());
        assertThat(state.node()).isNotBlank();
        assertThat(state.attempt()).isEqualTo(1);
    }
}
