package io.github.ignitetasks.flow;

import static io.github.ignitetasks.flow.FlowSubject.failure;
import static io.github.ignitetasks.flow.FlowSubject.state;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Contract of retries, timeouts and interrupts of flows. */
interface FlowPolicyContract extends FlowSubject {
    @Test
    default void runWithAGivenIdHasThatIdAndCountsItsAttempts() {
        UUID id = UUID.randomUUID();

        FlowReport<Integer> report = flow(run ->
                        run.submit(INCREMENT, run.runCount()).result())
                .withRunId(id)
                .runReport();

        assertThat(report.flowRunId()).isEqualTo(id);
        assertThat(report.result()).isEqualTo(2);
        assertThat(report.taskStates()).containsOnlyKeys("increment-0");
    }

    @Test
    default void taskThatFailsIsRunAgainAsOftenAsItsRetriesSay() {
        Tally attempts = tally();
        Task<Tally, Integer> third = Task.named("third")
                .retries(2, Duration.ofMillis(1))
                .body(tally -> {
                    tally.add();
                    return 1 / (tally.count() / 3);
                });

        State<?> state = flow(run -> run.submit(third, attempts))
                .runReport()
                .taskStates()
                .get("third-0");

        assertThat(state)
                .isInstanceOf(State.Completed.class)
                .extracting(State::attempt)
                .isEqualTo(3);
        assertThat(attempts.count()).isEqualTo(3);
    }

    @Test
    default void taskThatTakesLongerThanItsTimeoutIsTimedOut() {
        Gate neverOpened = gate();
        Task<Gate, Void> wait = Task.named("wait").timeout(SHORT).action(gate -> gate.pass());

        FlowReport<?> report = flow(run -> run.submit(wait, neverOpened)).runReport();

        assertThat(state(report.taskStates(), "wait-0").name()).isEqualTo("TimedOut");
    }

    @Test
    default void flowThatFailsIsRunAgainAsOftenAsItsRetriesSay() {
        List<Integer> runCounts = new ArrayList<>();
        FlowWithoutArgument<String> flow = Flow.named("third")
                .retries(2, Duration.ofMillis(1))
                .body(run -> {
                    runCounts.add(run.runCount());
                    if (run.runCount() < 3) {
                        throw new IOException("not yet");
                    }
                    return "third time";
                });

        State<String> state = flow.withTaskRunner(runner()).runState();

        assertThat(state.result()).isEqualTo("third time");
        assertThat(state.attempt()).isEqualTo(3);
        assertThat(runCounts).containsExactly(1, 2, 3);
    }

    @Test
    default void flowThatFailsMoreOftenThanItsRetriesSayIsFailed() {
        FlowWithoutArgument<Void> flow =
                Flow.named("never").retries(1, Duration.ZERO).action(run -> run.submit(REFUSE, "no"));

        State<Void> state = flow.withTaskRunner(runner()).runState();

        assertThat(state)
                .isInstanceOf(State.Failed.class)
                .extracting(State::attempt)
                .isEqualTo(2);
    }

    @Test
    default void flowThatIsRetriedTakesCompletedTaskRunsAsTheyAre() {
        Tally runs = tally();
        FlowWithoutArgument<String> flow = Flow.named("again")
                .retries(1, Duration.ZERO)
                .body(run -> {
                    TaskFuture<Integer> future = run.submit("count", () -> {
                        runs.add();
                        return 1;
                    });
                    future.result();
                    if (run.runCount() == 1) {
                        throw new IOException("once");
                    }
                    return future.key();
                });

        assertThat(flow.withTaskRunner(runner()).run()).endsWith("-1");
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    default void flowThatIsRetriedRunsAnewWhatItReleased() {
        Tally runs = tally();
        Task<Tally, Integer> count = Task.named("count").body(tally -> {
            tally.add();
            return tally.count();
        });
        FlowWithoutArgument<Integer> flow = Flow.named("releases")
                .retries(1, Duration.ZERO)
                .body(run -> {
                    TaskFuture<Integer> counted = run.submit(count, runs);
                    int result = counted.result();
                    counted.release();
                    if (run.runCount() == 1) {
                        throw new IOException("once");
                    }
                    return result;
                });

        FlowReport<Integer> report = flow.withTaskRunner(runner()).runReport();

        assertThat(report.state().result()).isEqualTo(2);
        assertThat(report.taskStates()).as("it is not looked at any more").isEmpty();
    }

    @Test
    default void flowThatIsRetriedRunsFailedTasksAnewUnderTheNextRunCount() {
        Tally runs = tally();
        List<String> keys = new ArrayList<>();
        FlowWithoutArgument<Void> flow = Flow.named("again")
                .retries(1, Duration.ZERO)
                .action(run -> keys.add(run.submit("second", () -> {
                            runs.add();
                            return 1 / (runs.count() / 2);
                        })
                        .key()));

        FlowReport<Void> report = flow.withTaskRunner(runner()).runReport();

        assertThat(report.state().isCompleted()).isTrue();
        assertThat(keys)
                .containsExactly(
                        TaskRunKey.of(report.flowRunId(), "second-0", 1),
                        TaskRunKey.of(report.flowRunId(), "second-0", 2));
    }

    @Test
    default void flowThatIsRetriedJoinsTasksThatStillRun() {
        Gate gate = gateOfATaskThatRunsOn();
        Tally runs = tally();
        FlowWithoutArgument<String> flow = Flow.named("again")
                .retries(1, Duration.ZERO)
                .body(run -> {
                    TaskFuture<Integer> future = run.submit("slow", () -> {
                        runs.add();
                        gate.pass();
                        return 1;
                    });
                    if (run.runCount() == 1) {
                        throw new IOException("once");
                    }
                    gate.open();
                    future.result();
                    return future.key();
                });

        assertThat(flow.withTaskRunner(runner()).run()).endsWith("-1");
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    default void flowThatTakesLongerThanItsTimeoutIsTimedOutAndItsTasksEnd() {
        Gate neverOpened = gate();
        FlowWithoutArgument<Integer> flow = Flow.named("long")
                .timeout(SHORT)
                .body(run -> run.submit(PASS, neverOpened).result());

        FlowReport<Integer> report = flow.withTaskRunner(runner()).runReport();

        assertThat(report.state().name()).isEqualTo("TimedOut");
        assertThat(failure(report.state()).message()).contains("flow 'long' ran longer than its timeout of PT0.2S");
        assertThat(report.taskStates().values()).noneMatch(State::isCompleted);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    default void flowWhoseTasksTakeLongerThanItsTimeoutIsTimedOut() {
        Gate neverOpened = gate();
        FlowWithoutArgument<String> flow = Flow.named("long").timeout(SHORT).body(run -> {
            run.submit(PASS, neverOpened);
            return "returned";
        });

        FlowReport<String> report = flow.withTaskRunner(runner()).runReport();

        assertThat(report.state().name()).isEqualTo("TimedOut");
        assertThat(report.taskStates().values()).noneMatch(State::isCompleted);
    }

    @Test
    default void flowThatTimedOutTakesNoMoreTasks() {
        List<Exception> refusals = new ArrayList<>();
        FlowWithoutArgument<String> flow = Flow.named("stubborn").timeout(SHORT).body(run -> {
            while (refusals.stream().noneMatch(IllegalStateException.class::isInstance)) {
                try {
                    run.submit(INCREMENT, 1).result();
                } catch (RuntimeException e) {
                    refusals.add(e);
                }
            }
            return "stopped";
        });

        State<String> state = flow.withTaskRunner(runner()).runState();

        assertThat(state.name()).isEqualTo("TimedOut");
        assertThat(refusals).last().asString().contains("flow 'stubborn' has timed out and takes no more tasks");
    }

    @Test
    default void flowThatTimedOutIsRetried() {
        Gate neverOpened = gate();
        FlowWithoutArgument<Integer> flow = Flow.named("faster")
                .timeout(Duration.ofSeconds(2))
                .retries(1, Duration.ZERO)
                .body(run -> {
                    boolean slow = run.runCount() == 1;
                    return run.submit("sometimes-slow", () -> {
                                if (slow) {
                                    neverOpened.pass();
                                }
                                return 1;
                            })
                            .result();
                });

        State<Integer> state = flow.withTaskRunner(runner()).runState();

        assertThat(state)
                .isInstanceOf(State.Completed.class)
                .extracting(State::attempt)
                .isEqualTo(2);
    }

    @Test
    default void flowWhoseThreadIsInterruptedIsCancelledWithItsTasks() throws Exception {
        Gate started = gate();
        Gate neverOpened = gate();
        FlowWithoutArgument<?> flow = flow(run -> {
            TaskFuture<Integer> first = run.submit("first", () -> {
                started.open();
                neverOpened.pass();
                return 1;
            });
            return run.submit(INCREMENT, first).result();
        });
        AtomicReference<Boolean> flag = new AtomicReference<>();
        FutureTask<FlowReport<?>> result = new FutureTask<>(() -> {
            FlowReport<?> report = flow.runReport();
            flag.set(Thread.interrupted());
            return report;
        });
        Thread thread = new Thread(result);
        thread.start();
        started.pass();

        thread.interrupt();

        FlowReport<?> report = result.get(Deadlines.PATIENCE.toMillis(), MILLISECONDS);
        assertThat(report.state()).isInstanceOf(State.Cancelled.class);
        assertThat(report.taskStates().values()).noneMatch(State::isCompleted);
        assertThat(flag.get()).isTrue();
    }

    @Test
    default void flowThatFailsWhileItsThreadIsInterruptedIsNotRetried() {
        FlowWithoutArgument<String> flow = Flow.named("interrupted")
                .retries(1, Duration.ZERO)
                .body(run -> {
                    Thread.currentThread().interrupt();
                    throw new IOException("gives up");
                });

        State<String> state = flow.withTaskRunner(runner()).runState();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(state)
                .isInstanceOf(State.Failed.class)
                .extracting(State::attempt)
                .isEqualTo(1);
    }
}
