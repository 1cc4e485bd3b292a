package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Contract of tasks that are keyed by their arguments. */
interface FlowMemoContract extends FlowSubject {

    /** An argument that a task counts its runs in. */
    record Input(Tally runs, String text) implements Serializable {}

    /** Returns a task that counts its runs, under a name that no other test uses. */
    private static Task<Input, String> echo() {
        return Task.named("echo-" + UUID.randomUUID()).body((Input input) -> {
            input.runs().add();
            return input.text() + " " + input.runs().count();
        });
    }

    @Test
    default void runsOfOneKeyShareAResult() {
        Tally runs = tally();
        Task<Input, String> echo = echo().keyedBy(Input::text);

        FlowReport<List<String>> report = flow(run -> run.map(
                                echo, List.of(new Input(runs, "a"), new Input(runs, "a"), new Input(runs, "b")))
                        .results())
                .runReport();

        assertThat(report.result().get(0)).isEqualTo(report.result().get(1)).startsWith("a");
        assertThat(report.result().get(2)).startsWith("b");
        assertThat(report.taskStates()).containsOnlyKeys(echo.name() + "-0", echo.name() + "-1", echo.name() + "-2");
        assertThat(runs.count()).isEqualTo(2);
    }

    @Test
    default void tasksOfOtherNamesDoNotShareKeys() {
        Tally runs = tally();
        Input input = new Input(runs, "a");

        flow(run -> List.of(
                        run.submit(echo().keyedBy(Input::text), input).result(),
                        run.submit(echo().keyedBy(Input::text), input).result()))
                .run();

        assertThat(runs.count()).isEqualTo(2);
    }

    @Test
    default void inputIsTheKeyWhateverTheOrderOfASet() {
        Tally runs = tally();
        Task<Set<String>, Integer> count = Task.named("count-" + UUID.randomUUID())
                .body((Set<String> words) -> {
                    runs.add();
                    return words.size();
                })
                .keyedByInput("1");
        Set<String> few = new HashSet<>(2);
        few.addAll(List.of("AaAa", "BBBB", "AaBB")); // which have one hash code
        Set<String> many = new HashSet<>(1_000);
        many.addAll(List.of("AaBB", "AaAa", "BBBB"));

        assertThat(flow(run -> run.submit(count, few).result()
                                + run.submit(count, many).result())
                        .run())
                .isEqualTo(6);
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    default void inputThatHasNoCanonicalFormIsRefused() {
        Task<Tally, Integer> count = Task.named("count").body(Tally::count);

        flow(run -> {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> run.submit(count.keyedByInput("1"), tally()))
                            .withMessageContaining("java.io.File, which has no canonical form; use keyedBy(...)");
                    TaskFuture<Tally> future = run.submit("tally", this::tally);
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> run.submit(count.keyedByInput("1"), future))
                            .withMessageContaining("result()");
                    return 1;
                })
                .runState();
        assertThatIllegalStateException().isThrownBy(count::refreshed).withMessageContaining("keyedBy");
    }

    @Test
    default void failureIsNotKeptUnlessTheTaskSaysSo() {
        Tally runs = tally();
        Task<Tally, Integer> third = Task.named("third-" + UUID.randomUUID())
                .body((Tally tally) -> {
                    tally.add();
                    if (tally.count() < 3) {
                        throw new IOException("run " + tally.count());
                    }
                    return tally.count();
                })
                .keyedBy(tally -> "always");

        List<StateType> types = flow(run -> Stream.of(third, third, third.keepingFailures(), third, third)
                        .map(task -> run.submit(task, runs).await().type())
                        .toList())
                .run();

        assertThat(types)
                .containsExactly(
                        StateType.FAILED, StateType.FAILED, StateType.FAILED, StateType.COMPLETED, StateType.COMPLETED);
        assertThat(runs.count()).isEqualTo(3);
    }

    @Test
    default void refreshedTaskRunsAgain() {
        Tally runs = tally();
        Task<Input, String> echo = echo().keyedBy(Input::text);
        Input input = new Input(runs, "a");

        List<String> results = flow(run -> List.of(
                        run.submit(echo, input).result(),
                        run.submit(echo.refreshed(), input).result(),
                        run.submit(echo, input).result()))
                .run();

        assertThat(results).containsExactly("a 1", "a 2", "a 2");
    }

    @Test
    default void resultIsKeptForTheTimeThatTheTaskSays() {
        Tally runs = tally();
        Task<Input, String> echo = echo().keyedBy(Input::text).withResultTtl(Duration.ofSeconds(1));
        Input input = new Input(runs, "a");

        flow(run -> {
                    State<String> first = run.submit(echo, input).await();
                    Awaitility.await()
                            .atMost(Deadlines.PATIENCE)
                            .pollDelay(Duration.ofMillis(300))
                            .until(() -> !run.submit(echo, input).result().equals(first.result()));
                    return 1;
                })
                .run();

        assertThat(runs.count()).isEqualTo(2);
    }

    @Test
    default void streamOfKeyedTasksKeepsTheirResults() {
        Tally runs = tally();
        Task<Input, String> echo = echo().keyedBy(Input::text);

        long taken = flow(run -> {
                    try (Stream<String> results =
                            run.mapStream(echo, Stream.of(new Input(runs, "a"), new Input(runs, "b")), 1)) {
                        results.forEach(result -> {});
                    }
                    return run.map(echo, List.of(new Input(runs, "a"), new Input(runs, "b"))).results().stream()
                            .count();
                })
                .run();

        assertThat(taken).isEqualTo(2);
        assertThat(runs.count()).isEqualTo(2);
    }
}
