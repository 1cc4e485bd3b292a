package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Contract of flows that call other flows. */
interface FlowCallContract extends FlowSubject {

    @Test
    default void calledFlowRunsInItsOwnRunAndReturnsItsState() {
        Flow<Integer, Integer> inner = Flow.named("inner")
                .body((run, number) -> run.submit(INCREMENT, number).result());
        List<UUID> ids = new CopyOnWriteArrayList<>();

        FlowReport<Integer> report = flow(run -> {
                    Flow<Integer, Integer> noted = Flow.named("noted").body((child, number) -> {
                        ids.add(child.id());
                        return child.submit(INCREMENT, number).result();
                    });
                    return run.call(inner, 1).result()
                            + run.call(noted, 2).result()
                            + run.call(noted, 3).result();
                })
                .runReport();

        assertThat(report.result()).isEqualTo(2 + 3 + 4);
        assertThat(report.taskStates()).isEmpty();
        assertThat(ids).doesNotHaveDuplicates().doesNotContain(report.flowRunId());
    }

    @Test
    default void failureOfACalledFlowIsAState() {
        FlowWithoutArgument<Integer> inner = Flow.named("inner").body(run -> {
            throw new IOException("no such page");
        });

        State<Integer> state =
                flow(run -> run.call(inner).type() == StateType.FAILED ? 1 : 0).runState();

        assertThat(state.result()).isEqualTo(1);
    }

    @Test
    default void calledFlowIsRetriedAsItsOwnOptionsSay() {
        Tally runs = tally();
        FlowWithoutArgument<Integer> inner = Flow.named("inner")
                .retries(2, Duration.ofMillis(1))
                .body(run -> {
                    runs.add();
                    if (runs.count() < 3) {
                        throw new IOException("not yet");
                    }
                    return run.runCount();
                });

        assertThat(flow(run -> run.call(inner).result()).run()).isEqualTo(3);
    }

    @Test
    default void retryOfTheCallerReusesWhatTheCalledFlowCompleted() {
        Tally runs = tally();
        Tally attempts = tally();
        Task<Tally, Integer> count = Task.named("count").body(tally -> {
            tally.add();
            return tally.count();
        });
        FlowWithoutArgument<Integer> inner =
                Flow.named("inner").body(run -> run.submit(count, runs).result());
        FlowWithoutArgument<Integer> outer = Flow.named("outer")
                .retries(1, Duration.ofMillis(1))
                .body(run -> {
                    int counted = run.call(inner).result();
                    attempts.add();
                    if (attempts.count() == 1) {
                        throw new IOException("after the call");
                    }
                    return counted;
                });

        assertThat(outer.withTaskRunner(runner()).run()).isEqualTo(1);
        assertThat(attempts.count()).isEqualTo(2);
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    default void retryAfterATimeoutRunsTheCalledFlowAnew() {
        Gate gate = gateOfATaskThatRunsOn();
        Tally attempts = tally();
        FlowWithoutArgument<Integer> inner = Flow.named("inner").body(run -> {
            attempts.add();
            if (attempts.count() == 2) {
                gate.open();
            }
            return run.submit(PASS, gate).result();
        });
        FlowWithoutArgument<Integer> outer = Flow.named("outer")
                .timeout(Duration.ofSeconds(1))
                .retries(3, Duration.ZERO)
                .body(run -> {
                    int passed = run.call(inner).result();
                    if (attempts.count() == 1) {
                        Thread.sleep(Duration.ofMinutes(5).toMillis()); // a sequential runner does not wait before
                    }
                    return passed;
                });

        assertThat(outer.withTaskRunner(runner()).run()).isEqualTo(1);
    }

    @Test
    default void timeoutOfTheCallerStopsTheCalledFlow() {
        Gate gate = gateOfATaskThatRunsOn();
        boolean runsOn = !gate.isOpen(); // the tasks of a sequential runner have ended before the timeout
        List<TaskFuture<Integer>> submitted = new CopyOnWriteArrayList<>();
        FlowWithoutArgument<Integer> inner = Flow.named("inner")
                .retries(5, Duration.ZERO)
                .body(run -> {
                    submitted.add(run.submit(PASS, gate));
                    return submitted.get(0).result();
                });
        FlowWithoutArgument<Integer> outer = Flow.named("outer").timeout(SHORT).body(run -> {
            State<Integer> unused = run.call(inner);
            Thread.sleep(Duration.ofMinutes(5).toMillis());
            return 1;
        });

        State<Integer> state = outer.withTaskRunner(runner()).runState();

        assertThat(state.name()).isEqualTo("TimedOut");
        assertThat(submitted).hasSize(1);
        assertThat(submitted.get(0).state().orElseThrow().type())
                .isEqualTo(runsOn ? StateType.CANCELLED : StateType.COMPLETED);
    }
}
