package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Contract of flows whose task runs are found, because their keys had ended. */
interface FlowCachedContract extends FlowSubject {

    /** Returns a task whose runs have one key, which no other test uses. */
    private static Task<Tally, Integer> counting() {
        return Task.named("counting-" + UUID.randomUUID())
                .body((Tally tally) -> {
                    tally.add();
                    return tally.count();
                })
                .keyedBy(tally -> "always");
    }

    @Test
    default void secondRunOfAKeyThatHasEndedIsCachedAndTheFirstIsNot() {
        Tally runs = tally();
        Task<Tally, Integer> task = counting();

        flow(run -> {
                    TaskFuture<Integer> first = run.submit(task, runs);
                    State<Integer> state = first.await();
                    TaskFuture<Integer> second = run.submit(task, runs);

                    assertThat(second.await().isCached()).isTrue();
                    assertThat(second.await()).isEqualTo(state);
                    assertThat(second.isDone()).isTrue();
                    assertThat(second.key()).isEqualTo(first.key());
                    assertThat(second.result()).isEqualTo(1);
                    assertThat(second.settled().result().isCached()).isTrue();
                    assertThat(second.cancel()).isFalse();
                    assertThat(second.toCompletableFuture()).isCompletedWithValue(1);
                    List<Boolean> heard = new ArrayList<>();
                    second.whenDone(end -> heard.add(end.isCached()));
                    assertThat(heard).containsExactly(true);
                    assertThat(TaskFutures.asCompleted(List.of(second))).containsExactly(second);
                    assertThat(first.await().isCached()).isFalse();
                    assertThat(first.settled().result().isCached()).isFalse();
                    return 1;
                })
                .run();

        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    default void cachedFutureIsAnUpstreamAndAResultLikeEveryOther() {
        Tally runs = tally();
        Task<Tally, Integer> task = counting();

        TaskFuture<Integer> returned = flow(run -> {
                    run.submit(task, runs).result();
                    TaskFuture<Integer> found = run.submit(task, runs);
                    TaskFuture<State<Integer>> end = found.settled();
                    TaskFuture<List<Integer>> all = TaskFuture.all(List.of(found, found));

                    assertThat(run.submit("captured", () -> found.result() + 1).result())
                            .isEqualTo(2);
                    assertThat(run.submit(INCREMENT, found).result()).isEqualTo(2);
                    assertThat(run.submit("settled", () -> end.result().result())
                                    .result())
                            .isEqualTo(1);
                    assertThat(run.submit("all", () -> all.result().size()).result())
                            .isEqualTo(2);
                    TaskFuture<State<List<Integer>>> allEnds = all.settled();
                    assertThat(run.submit("all settled", () -> allEnds.result().result())
                                    .result())
                            .containsExactly(1, 1);
                    assertThat(run.after(found, end).submit("after", () -> 3).result())
                            .isEqualTo(3);
                    assertThat(all.result()).containsExactly(1, 1);
                    assertThat(all.toCompletableFuture().join()).containsExactly(1, 1);
                    return found;
                })
                .run();

        assertThat(returned.result()).isEqualTo(1);
        assertThat(returned.await().isCached()).isTrue();
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    default void cachedFutureThatIsReleasedLetsTheKeyRunAnew() {
        Tally runs = tally();
        Task<Tally, Integer> task = counting();

        List<Boolean> cached = flow(run -> {
                    run.submit(task, runs).result();
                    TaskFuture<Integer> found = run.submit(task, runs);
                    assertThat(found.release()).isTrue();
                    TaskFuture<Integer> anew = run.submit(task, runs);
                    boolean isAnewCached = anew.await().isCached();
                    TaskFuture<Integer> refreshed = run.submit(task.refreshed(), runs);
                    return List.of(isAnewCached, refreshed.await().isCached());
                })
                .run();

        assertThat(cached).containsExactly(false, false);
        assertThat(runs.count()).isEqualTo(3);
    }

    @Test
    default void keptFailureIsCachedToo() {
        Task<String, Integer> refuse = Task.named("refuse-" + UUID.randomUUID())
                .<String, Integer>body(message -> {
                    throw new IOException(message);
                })
                .keyedBy(message -> message)
                .keepingFailures();

        flow(run -> {
                    assertThat(run.submit(refuse, "no").await().isCached()).isFalse();
                    TaskFuture<Integer> found = run.submit(refuse, "no");
                    assertThatExceptionOfType(NotCompletedException.class)
                            .isThrownBy(found::result)
                            .withMessageContaining("no")
                            .satisfies(e -> assertThat(e.state().isCached()).isTrue())
                            .withCauseInstanceOf(IOException.class);
                    return 1;
                })
                .runState();
    }

    @Test
    default void runThatJoinsARunningKeyIsNotCached() {
        Gate gate = gateOfATaskThatRunsOn();
        Task<Gate, Integer> pass = Task.named("pass-" + UUID.randomUUID())
                .body((Gate waited) -> {
                    waited.pass();
                    return 1;
                })
                .keyedBy(waited -> "always");

        flow(run -> {
                    boolean isSequential = gate.isOpen();
                    TaskFuture<Integer> first = run.submit(pass, gate);
                    TaskFuture<Integer> joined = run.submit(pass, gate);
                    gate.open();
                    assertThat(first.await().isCached()).isFalse();
                    assertThat(joined.await().isCached()).isEqualTo(isSequential);
                    return 1;
                })
                .run();
    }

    @Test
    default void taskRunThatAnEarlierAttemptOfTheFlowCompletedIsCached() {
        Tally runs = tally();

        FlowReport<Integer> report = Flow.named("retried")
                .retries(1, Duration.ZERO)
                .body(run -> {
                    int result = run.submit("kept", () -> {
                                runs.add();
                                return runs.count();
                            })
                            .result();
                    if (run.runCount() == 1) {
                        throw new IOException("first attempt");
                    }
                    run.submit("new", () -> 1).result();
                    return result;
                })
                .withTaskRunner(runner())
                .runReport();

        assertThat(report.result()).isEqualTo(1);
        assertThat(FlowSubject.state(report.taskStates(), "kept-0").isCached()).isTrue();
        assertThat(FlowSubject.state(report.taskStates(), "new-0").isCached()).isFalse();
        assertThat(report.state().failedAttempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.failure().message()).isEqualTo("first attempt"));
        assertThat(runs.count()).isEqualTo(1);
    }
}
