package io.github.ignitetasks.flow;

import static io.github.ignitetasks.flow.FlowSubject.failure;
import static io.github.ignitetasks.flow.FlowSubject.openOnceThisThreadWaits;
import static io.github.ignitetasks.flow.FlowSubject.state;
import static io.github.ignitetasks.flow.FlowSubject.thrown;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.Gate;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Contract of the end of flows and of their tasks. */
interface FlowEndContract extends FlowSubject {
    /** Tasks a and b throw, c needs a, d needs c, and e needs nothing. */
    FlowWithoutArgument<String> FAILING = Flow.named("failing").body(run -> {
        TaskFuture<Integer> a = run.submit("a", () -> {
            throw new IllegalStateException("a is broken");
        });
        run.submit("b", () -> {
            throw new IOException("b is broken");
        });
        TaskFuture<Integer> c = run.submit("c", () -> a.result() + 1);
        run.submit("d", () -> c.result() + 1);
        run.submit("e", () -> 5);
        return "returned";
    });

    @Test
    default void tasksThatThrowAreFailedWithTheirOwnTypesAndMessages() {
        Map<String, State<?>> states =
                FAILING.withTaskRunner(runner()).runReport().taskStates();

        assertThat(states.get("a-0")).isInstanceOf(State.Failed.class);
        assertThat(failure(states, "a-0").type()).isEqualTo(IllegalStateException.class.getName());
        assertThat(failure(states, "a-0").message()).isEqualTo("a is broken");
        assertThat(states.get("b-0")).isInstanceOf(State.Failed.class);
        assertThat(failure(states, "b-0").type()).isEqualTo(IOException.class.getName());
        assertThat(failure(states, "b-0").message()).isEqualTo("b is broken");
    }

    @Test
    default void taskThatThrowsAnExceptionOfAnInterruptFailsAndTheFlowGoesOn() {
        FlowReport<Integer> report = flow(run -> {
                    run.submit("throws", () -> {
                        throw new InterruptedException("its own");
                    });
                    run.submit("throws-ours", () -> {
                        throw new TaskInterruptedException("its own", new InterruptedException());
                    });
                    return run.submit("next", () -> 1).result();
                })
                .runReport();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(report.state().type()).isEqualTo(StateType.COMPLETED);
        assertThat(report.state().result()).isEqualTo(1);
        assertThat(state(report.taskStates(), "throws-0").type()).isEqualTo(StateType.FAILED);
        assertThat(state(report.taskStates(), "throws-ours-0").type()).isEqualTo(StateType.FAILED);
    }

    @Test
    default void bodyThatThrowsAnExceptionOfAnInterruptByItselfFails() {
        List<Exception> exceptions = List.of(
                new InterruptedException("its own"),
                new TaskInterruptedException("its own", new InterruptedException("its own")));
        Thread.interrupted(); // the second constructor sets the flag

        for (Exception exception : exceptions) {
            State<Integer> state = FlowEndContract.this
                    .<Integer>flow(run -> {
                        throw exception;
                    })
                    .runState();

            assertThat(Thread.interrupted()).isFalse();
            assertThat(state.type()).isEqualTo(StateType.FAILED);
        }
    }

    @Test
    default void flowOnAThreadThatIsInterruptedIsCancelledAndLeavesTheFlag() {
        Thread.currentThread().interrupt();

        State<Integer> state = flow(run -> run.submit("one", () -> 1).result()).runState();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(state.type()).isEqualTo(StateType.CANCELLED);
    }

    @Test
    default void tasksThatNeedOneThatThrewAreNotReadyAndSayWhichAndHowItEnded() {
        Map<String, State<?>> states =
                FAILING.withTaskRunner(runner()).runReport().taskStates();

        for (String name : List.of("c-0", "d-0")) {
            assertThat(states.get(name)).isInstanceOf(State.NotReady.class);
            assertThat(failure(states, name).message()).contains("a-0-", "Failed", "a is broken");
        }
    }

    @Test
    default void taskThatNeedsNoOtherCompletesBesideThoseThatThrow() {
        Map<String, State<?>> states =
                FAILING.withTaskRunner(runner()).runReport().taskStates();

        assertThat(states.get("e-0")).isInstanceOf(State.Completed.class);
    }

    @Test
    default void flowThatReturnsAValueIsCompletedAlthoughTasksAreNot() {
        assertThat(FAILING.withTaskRunner(runner()).run()).isEqualTo("returned");
    }

    @Test
    default void futuresThatAFlowReturnsHaveTheirResultsAfterIt() {
        Task<Integer, byte[]> large = Task.named("large").body(byte[]::new);

        Returned returned = Flow.named("returns")
                .<Returned>body(run -> {
                    TaskFuture<byte[]> one = run.submit(large, 100_000);
                    return new Returned(
                            one,
                            List.of(run.submit(large, 200_000), run.submit(large, 10)),
                            TaskFuture.all(List.of(one)));
                })
                .withTaskRunner(runner())
                .run();

        assertThat(returned.one().result()).hasSize(100_000);
        assertThat(returned.more().get(0).result()).hasSize(200_000);
        assertThat(returned.more().get(1).result()).hasSize(10);
        assertThat(returned.all().result().get(0)).hasSize(100_000);
    }

    /** The futures that a flow returns. */
    record Returned(TaskFuture<byte[]> one, List<TaskFuture<byte[]>> more, TaskFuture<List<byte[]>> all)
            implements Serializable {}

    @Test
    default void flowThatReturnsNothingIsCompletedIfAllItsTasksAre() {
        Flow<Integer, Void> flow = Flow.named("count-to").action((run, highest) -> {
            for (int number = 0; number < highest; number++) {
                run.submit(INCREMENT, number);
            }
        });

        FlowReport<Void> report = flow.withTaskRunner(runner()).runReport(3);

        assertThat(report.state().isCompleted()).isTrue();
        assertThat(report.describe()).isEqualTo("count-to: Completed; increment 3 Completed");
    }

    @Test
    default void reportCountsTasksByNameAndLeavesValuesOut() {
        FlowReport<Long> report = flow(run -> {
                    run.map(INCREMENT, List.of(1, 2, 3)).results();
                    run.submit("broken", () -> {
                                throw new IOException("broken");
                            })
                            .await();
                    run.share("value", 7).result();
                    return run.mapStream(INCREMENT, Stream.of(4, 5, 6), 2)
                            .mapToLong(Integer::longValue)
                            .sum();
                })
                .runReport();

        assertThat(report.result()).isEqualTo(18);
        assertThat(report.describe()).endsWith(": Completed; increment 6 Completed, broken 1 Failed");
    }

    @Test
    default void reportSaysHowManyTasksWereReleased() {
        FlowReport<Integer> report = flow(run -> {
                    run.submit(INCREMENT, 1).result();
                    TaskFuture<Integer> released = run.submit(INCREMENT, 2);
                    int result = released.result();
                    released.release();
                    return result;
                })
                .runReport();

        assertThat(report.describe()).endsWith(": Completed; increment 1 Completed 1 released");
    }

    @Test
    default void logSaysWhatEndedAfterTheSessionHasClosed() {
        try (CapturedLog log = CapturedLog.of("io.github.ignitetasks")) {
            FlowReport<Integer> report = flow(run -> {
                        run.share("value", 7).result();
                        return run.submit(INCREMENT, 1).result();
                    })
                    .runReport();

            assertThat(log.messages())
                    .filteredOn(line -> line.contains(" closed: ") || line.contains(report.flowRunId() + " ended "))
                    .satisfiesExactly(
                            closed -> assertThat(closed).endsWith(" closed: 1 Completed"),
                            ended -> assertThat(ended)
                                    .matches("flow '.*' run .* ended Completed in [0-9.]+ s: increment 1 Completed"));
        }
    }

    @Test
    default void flowThatReturnsNothingIsFailedWithTheListIfATaskIsNotCompleted() {
        FlowWithoutArgument<Void> flow = Flow.named("list").action(run -> {
            run.submit(INCREMENT, 1);
            run.submit(INCREMENT, run.submit(REFUSE, "no"));
        });

        State<Void> state = flow.withTaskRunner(runner()).runState();

        assertThat(state).isInstanceOf(State.Failed.class);
        assertThat(thrown(state))
                .isInstanceOfSatisfying(
                        TasksNotCompletedException.class,
                        exception -> assertThat(names(exception))
                                .containsExactly(
                                        entry("refuse-0", StateType.FAILED), entry("increment-1", StateType.NOT_READY)))
                .hasMessageContaining("2 of 3 tasks of flow 'list' did not complete")
                .hasMessageContaining("refuse-0 Failed: java.io.IOException: no")
                .hasMessageContaining("increment-1 NotReady");
    }

    @Test
    default void flowWhoseBodyThrowsIsFailedWithThat() {
        State<?> state = flow(run -> {
                    throw new IOException("body is broken");
                })
                .runState();

        assertThat(state).isInstanceOf(State.Failed.class);
        assertThat(thrown(state)).isInstanceOf(IOException.class).hasMessage("body is broken");
    }

    @Test
    default void flowWhoseBodyThrowsAnErrorIsFailedWithThat() {
        State<?> state = flow(run -> {
                    throw new StackOverflowError("too deep");
                })
                .runState();

        assertThat(state).isInstanceOf(State.Failed.class);
        assertThat(thrown(state)).isInstanceOf(StackOverflowError.class);
    }

    @Test
    default void flowWhoseBodyThrowsEndsOnceItsTasksHaveEnded() {
        Gate gate = gateOfATaskThatRunsOn();

        FlowReport<?> report = flow(run -> {
                    run.submit(PASS, gate);
                    openOnceThisThreadWaits(gate);
                    throw new IOException("body is broken");
                })
                .runReport();

        assertThat(report.state()).isInstanceOf(State.Failed.class);
        assertThat(report.taskStates().get("pass-0")).isInstanceOf(State.Completed.class);
    }

    @Test
    default void runOfAFlowThatFailsThrowsNamingTheFlowWithItsExceptionAsCause() {
        FlowWithoutArgument<?> flow = flow(run -> {
            throw new IOException("body is broken");
        });

        assertThatThrownBy(flow::run)
                .isInstanceOf(NotCompletedException.class)
                .hasMessageContaining("flow 'test'")
                .hasRootCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("body is broken");
    }

    @Test
    default void taskSubmittedByAnotherThreadOfTheBodyIsWaitedFor() {
        Gate gate = gateOfATaskThatRunsOn();
        FlowWithoutArgument<Void> flow = Flow.named("threads").action(run -> {
            Thread thread = new Thread(() -> run.submit(PASS, gate));
            thread.start();
            thread.join();
            openOnceThisThreadWaits(gate);
        });

        FlowReport<Void> report = flow.withTaskRunner(runner()).runReport();

        assertThat(report.describe()).isEqualTo("threads: Completed; pass 1 Completed");
    }

    @Test
    default void sessionIsClosedWhenTheFlowHasEnded() {
        List<FlowRun> leaked = new ArrayList<>();
        flow(run -> {
                    leaked.add(run);
                    throw new IOException("body is broken");
                })
                .runState();

        assertThatIllegalStateException()
                .isThrownBy(() -> leaked.get(0).submit(INCREMENT, 1))
                .withMessageContaining("closed");
    }

    private static Map<String, StateType> names(TasksNotCompletedException exception) {
        return exception.states().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, task -> task.getValue().type(), (a, b) -> a, LinkedHashMap::new));
    }
}
