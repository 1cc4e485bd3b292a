package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.internal.worker.InFlight;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Tests of cancelled keys, at each stage of their calls. Two sessions of a grid with one slot see the same end. */
final class CancelledKeyIT {
    private static Cluster cluster = new EmbeddedCluster().start(Map.of());
    private static TaskRunner runner =
            IgniteTaskRunner.builder().cluster(cluster).slots(1).build();
    private static TaskSession one = runner.start();
    private static TaskSession other = runner.start();

    /**
     * Exceeds the number of calls that a node takes ahead of its slot, so most of these calls wait in their session.
     */
    private static final int MANY = 2_000;

    /** Exists until the sessions have closed, because tasks look for their gates until then. */
    @TempDir
    private static Path folders;

    private Path folder;
    private Gate go;
    private Tally runs;

    @BeforeEach
    void makeGate(TestInfo test) throws IOException {
        folder = Files.createDirectory(
                folders.resolve(test.getTestMethod().orElseThrow().getName()));
        go = Gate.in(folder);
        runs = Tally.in(folder);
    }

    @AfterEach
    void openGate() {
        go.open();
    }

    @AfterAll
    static void close() {
        one.close();
        other.close();
        cluster.close();
    }

    @Test
    void callThatWaitsForAnUpstream() {
        TaskFuture<Integer> upstream = takeSlot(one, "upstream");
        TaskFuture<Integer> dependent = one.submit("dependent", () -> upstream.result() + 1);

        assertCancelledForBoth(dependent);
        go.open();
        assertThat(upstream.result(Deadlines.PATIENCE)).isEqualTo(1);
        assertThat(end(one.submit("after upstream", () -> upstream.result() + 1))
                        .result())
                .isEqualTo(2);
        assertThat(end(one.submit("dependent", () -> 3)).type()).isEqualTo(StateType.CANCELLED);
    }

    @Test
    void callsThatWaitInTheSessionAndAtTheNode() {
        takeSlot(one, "blocks many");
        List<TaskFuture<Integer>> many = IntStream.range(0, MANY)
                .mapToObj(number -> one.submit("many-" + number, counted()))
                .toList();

        many.forEach(future -> assertThat(future.cancel()).isTrue());

        assertThat(many).allSatisfy(future -> assertThat(end(future).type()).isEqualTo(StateType.CANCELLED));
        List<TaskFuture<Integer>> seen = IntStream.range(0, MANY)
                .mapToObj(number -> other.submit("many-" + number, counted()))
                .toList();
        go.open();
        for (int i = 0; i < MANY; i++) {
            assertThat(end(seen.get(i))).isEqualTo(end(many.get(i)));
        }
        assertThat(runs.count()).isZero();
    }

    @Test
    void callThatRuns() {
        assertCancelledForBoth(takeSlot(one, "runs"));
    }

    @Test
    void callBetweenTwoAttempts() {
        Tally attempts = runs;
        TaskFuture<Integer> flaky = one.submit(
                "flaky",
                () -> {
                    attempts.add();
                    throw new IllegalStateException("on purpose");
                },
                CallOptions.none().withRetries(1, Deadlines.PATIENCE.multipliedBy(10)));
        runs.await(1);

        assertCancelledForBoth(flaky);
    }

    @Test
    void callsOfASessionThatClosesBeforeTheyEnd() {
        TaskSession closing = runner.start();
        takeSlot(closing, "blocks the closing one");
        TaskFuture<Integer> queued = closing.submit("queued at close", counted());
        TaskFuture<Integer> dependent = closing.submit("dependent at close", () -> queued.result() + 1);

        closing.close(Duration.ZERO);
        go.open();

        assertThat(queued.state().map(State::type)).contains(StateType.CANCELLED);
        assertThat(end(other.submit("queued at close", counted()))).isEqualTo(end(queued));
        assertThat(end(other.submit("dependent at close", counted()))).isEqualTo(end(dependent));
        assertThat(runs.count()).isZero();
    }

    @Test
    void keyThatAnotherSessionWaitsForGoesOnForIt() {
        takeSlot(one, "blocks shared");
        TaskFuture<Integer> kept = other.submit("shared", counted());
        InFlight.awaitSessions(1, List.of(kept), List.of(cluster.ignite().orElseThrow()));
        assertThat(kept.isDone()).isFalse();
        TaskFuture<Integer> upstream = one.submit("upstream of shared", () -> 1);
        TaskFuture<Integer> dropped = one.submit("shared", () -> upstream.result() + 1);

        assertThat(dropped.cancel()).isTrue();

        assertThat(end(dropped).type()).isEqualTo(StateType.CANCELLED);
        go.open();
        assertThat(end(kept).result()).isEqualTo(2);
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    void keyThatWasCompletedKeepsItsState() {
        State<Integer> completed = end(other.submit("completed", () -> 1));
        TaskFuture<Integer> blocks = takeSlot(one, "blocks completed");
        TaskFuture<Integer> late = one.submit("completed", () -> blocks.result() + 1);

        assertThat(late.cancel()).isTrue();

        assertThat(end(late)).isEqualTo(completed);
    }

    @Test
    void keyRunsAnewOnceItsCancelledStateIsReleased() {
        TaskFuture<Integer> upstream = takeSlot(one, "upstream of released");
        TaskFuture<Integer> cancelled = one.submit("released", () -> upstream.result() + 1);
        cancelled.cancel();
        end(cancelled);
        assertThat(other.status("released")).isEqualTo(KeyStatus.NOT_COMPLETED);

        assertThat(cancelled.release()).isTrue();
        go.open();

        assertThat(end(other.submit("released", counted())).result()).isEqualTo(2);
    }

    private void assertCancelledForBoth(TaskFuture<Integer> future) {
        assertThat(future.cancel()).isTrue();
        State<Integer> state = end(future);
        assertThat(state.type()).isEqualTo(StateType.CANCELLED);
        assertThat(end(other.submit(future.key(), () -> 2))).isEqualTo(state);
        assertThat(end(one.submit(future.key(), () -> 2))).isEqualTo(state);
        try (TaskSession later = runner.start()) {
            assertThat(end(later.submit(future.key(), () -> 2))).isEqualTo(state);
        }
    }

    /** Submits a call that occupies the only slot, and returns once it runs. */
    private TaskFuture<Integer> takeSlot(TaskSession session, String key) {
        Gate started = new Gate(folder.resolve("started").toFile());
        Gate gate = go;
        TaskFuture<Integer> future = session.submit(key, () -> {
            started.open();
            gate.pass();
            return 1;
        });
        Awaitility.await().atMost(Deadlines.PATIENCE).until(started::isOpen);
        return future;
    }

    private TaskCall<Integer> counted() {
        Tally tally = runs;
        return () -> {
            tally.add();
            return 2;
        };
    }

    private static <R extends @Nullable Object> State<R> end(TaskFuture<R> future) {
        return future.await(Deadlines.PATIENCE).orElseThrow();
    }
}
