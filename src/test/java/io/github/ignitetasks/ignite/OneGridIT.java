package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.worker.InFlight;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.ignite.Ignition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of several sessions on one grid. */
final class OneGridIT {
    private static Cluster cluster = new EmbeddedCluster().start(Map.of());
    private static TaskRunner runner =
            IgniteTaskRunner.builder().cluster(cluster).build();
    private static TaskSession one = runner.start();
    private static TaskSession other = runner.start();

    @TempDir
    private Path folder;

    @BeforeAll
    static void grid() {
        assertThat(cluster.nodes()).isEqualTo(1);
    }

    @AfterAll
    static void close() {
        one.close();
        other.close();
        cluster.close();
    }

    @Test
    void keyThatRunsIsJoinedByAnotherSession() {
        Tally runs = Tally.in(folder);
        Gate go = Gate.in(folder);
        TaskFuture<Integer> first = one.submit("running", () -> {
            runs.add();
            go.pass();
            return 1;
        });
        runs.await(1);

        TaskFuture<Integer> joined = other.submit("running", () -> {
            runs.add();
            return 2;
        });
        other.submit("after-running", () -> 3).result(Deadlines.PATIENCE); // sent after the call above
        assertThat(joined.isDone()).isFalse();
        go.open();

        assertThat(joined.result(Deadlines.PATIENCE)).isEqualTo(1);
        assertThat(first.result(Deadlines.PATIENCE)).isEqualTo(1);
        assertThat(joined.state()).isEqualTo(first.state());
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    void keyOfAnotherSessionIsFoundByItsName() {
        Gate go = Gate.in(folder);
        Tally runs = Tally.in(folder);
        assertThat(other.find("found")).isEmpty();
        TaskFuture<Integer> first = one.submit("found", () -> {
            runs.add();
            go.pass();
            return 1;
        });
        runs.await(1);

        assertThat(other.find("found")).isEmpty(); // the key has no state yet
        go.open();
        assertThat(first.result(Deadlines.PATIENCE)).isEqualTo(1);

        TaskFuture<Integer> found = other.<Integer>find("found").orElseThrow();

        assertThat(found.state()).isEqualTo(first.state());
        assertThat(other.submit("of-found", () -> found.result() + 1).result(Deadlines.PATIENCE))
                .isEqualTo(2);
        assertThat(runs.count()).isEqualTo(1);
        assertThat(found.release()).isTrue();
        assertThat(other.find("found")).isEmpty();
    }

    @Test
    void largeResultIsFoundByItsName() {
        one.submit("found-large", () -> new byte[100_000]).await();

        TaskFuture<byte[]> found = other.<byte[]>find("found-large").orElseThrow();

        assertThat(found.result(Deadlines.PATIENCE)).hasSize(100_000);
    }

    @Test
    void submitterWaitsWhileTooManyBytesOfCallsHaveNotEnded() {
        Gate go = Gate.in(folder);
        try (TaskSession session = runner.start()) {
            for (int i = 0; i < 3; i++) {
                session.submit("heavy-" + i, passing(go));
            }
            assertThat(session.trySubmit("heavy-3", passing(go), CallOptions.none()))
                    .isEmpty();

            CompletableFuture<TaskFuture<Integer>> late = new CompletableFuture<>();
            Thread submitter =
                    new Thread(() -> late.completeAsync(() -> session.submit("heavy-3", passing(go)), Runnable::run));
            submitter.start();
            Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> waitsForRoom(submitter));
            assertThat(late).isNotDone();
            go.open();

            assertThat(late.join().result(Deadlines.PATIENCE)).isEqualTo(20 << 20);
        }
    }

    private static boolean waitsForRoom(Thread submitter) {
        return submitter.getState() == Thread.State.WAITING
                && Arrays.stream(submitter.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith(".Backpressure"));
    }

    private static TaskCall<Integer> passing(Gate go) {
        byte[] argument = new byte[20 << 20];
        return () -> {
            go.pass();
            return argument.length;
        };
    }

    @Test
    void keyThatIsFinalIsSharedWithALaterSession() {
        Tally runs = Tally.in(folder);
        State<Integer> first = one.submit("final", () -> {
                    runs.add();
                    return 1;
                })
                .await(Deadlines.PATIENCE)
                .orElseThrow();

        try (TaskSession later = runner.start()) {
            TaskFuture<Integer> shared = later.submit("final", () -> {
                runs.add();
                return 2;
            });
            assertThat(shared.await(Deadlines.PATIENCE)).contains(first);
        }
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    void keyThatFailedIsSharedToo() {
        TaskFuture<Integer> failed = one.submit("failed", () -> {
            throw new IllegalStateException("once");
        });
        failed.await(Deadlines.PATIENCE);

        State<Integer> shared =
                other.submit("failed", () -> 1).await(Deadlines.PATIENCE).orElseThrow();

        assertThat(shared.type()).isEqualTo(StateType.FAILED);
        assertThat(shared.failure().orElseThrow().message()).isEqualTo("once");
    }

    @Test
    void manyKeysOfTwoSessionsAtOnceRunOnceEach() {
        Tally runs = Tally.in(folder);
        List<Integer> numbers = IntStream.range(0, 200).boxed().toList();
        List<TaskFuture<Integer>> mine = numbers.parallelStream()
                .flatMap(number -> List.of(one, other).stream()
                        .map(session -> session.submit("many-" + number, () -> {
                            runs.add();
                            return number;
                        })))
                .toList();

        assertThat(TaskFuture.all(mine).result(Deadlines.PATIENCE)).hasSize(400);
        assertThat(runs.count()).isEqualTo(200);
    }

    @Test
    void futureOfAnotherSessionOfTheGridIsAnUpstream() {
        TaskFuture<Integer> seven = one.submit("seven", () -> 7);

        assertThat(other.submit("eight", () -> seven.result() + 1).result(Deadlines.PATIENCE))
                .isEqualTo(8);
    }

    @Test
    void futureOfAnotherGridIsRefusedNamingIt() {
        try (TaskSession elsewhere = IgniteTaskRunner.create().start()) {
            TaskFuture<Integer> foreign = elsewhere.submit("foreign", () -> 1);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> one.submit("uses-foreign", foreign::result))
                    .withMessageContaining("'uses-foreign'")
                    .withMessageContaining("'foreign', which is not a future of this grid");
        }
    }

    @Test
    void twoTemporaryNodesInOneJvmDoNotJoinEachOther() {
        try (TaskSession a = IgniteTaskRunner.create().start();
                TaskSession b = IgniteTaskRunner.create().start()) {
            TaskFuture<Integer> onA = a.submit("same-key", () -> 1);
            onA.await(Deadlines.PATIENCE);

            assertThat(b.submit("same-key", () -> 2).result(Deadlines.PATIENCE)).isEqualTo(2);
            assertThat(Ignition.allGrids())
                    .allSatisfy(node -> assertThat(node.cluster().nodes()).hasSize(1));
        }
    }

    @Test
    void runnerThatACallCapturedUsesTheNodesOwnIgnite() {
        int before = Ignition.allGrids().size();
        TaskRunner captured = IgniteTaskRunner.create();

        TaskFuture<Integer> grids = one.submit("nested", () -> {
            try (TaskSession inner = captured.start()) {
                return inner.submit("inner", () -> Ignition.allGrids().size()).result();
            }
        });

        assertThat(grids.result(Deadlines.PATIENCE)).isEqualTo(before);
        assertThat(other.submit("inner", () -> -1).result(Deadlines.PATIENCE)).isEqualTo(before);
    }

    @Test
    void cancelByOneOfTwoSessionsDoesNotTakeTheKeyFromTheOther() {
        Tally runs = Tally.in(folder);
        Gate go = Gate.in(folder);
        TaskFuture<Integer> kept = one.submit("shared-cancel", () -> {
            runs.add();
            go.pass();
            return 1;
        });
        runs.await(1);
        TaskFuture<Integer> dropped = other.submit("shared-cancel", () -> 2);
        other.submit("after-shared-cancel", () -> 3).result(Deadlines.PATIENCE); // sent after the call above
        assertThat(dropped.isDone()).isFalse();

        assertThat(dropped.cancel()).isTrue();

        assertThat(dropped.await(Deadlines.PATIENCE).orElseThrow().type()).isEqualTo(StateType.CANCELLED);
        go.open();
        assertThat(kept.result(Deadlines.PATIENCE)).isEqualTo(1);
    }

    /** A session in a static field. A task on an embedded node can use it. */
    private static volatile TaskSession used = one;

    @Test
    void closeWaitsForWhatATaskSubmitsThatHasItsSessionInAStaticField() throws Exception {
        Gate started = new Gate(folder.resolve("started").toFile());
        Gate go = Gate.in(folder);
        TaskSession session = runner.start();
        used = session;
        TaskFuture<String> outer = session.submit("outer at close", () -> {
            started.open();
            go.pass();
            used.submit("inner at close", () -> 2);
            try {
                used.close();
            } catch (IllegalStateException e) {
                return String.valueOf(e.getMessage());
            }
            return "closed";
        });
        started.pass();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(session::close);
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .untilAsserted(() ->
                        assertThatIllegalStateException().isThrownBy(() -> session.submit("late at close", () -> 1)));

        go.open();
        closing.get(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);

        assertThat(outer.result()).contains("cannot close the session that runs it");
        assertThat(session.await("inner at close", Duration.ZERO).orElseThrow().result())
                .isEqualTo(2);
    }

    @Test
    void recordExpiresAfterItsTimeToLive() {
        Tally runs = Tally.in(folder);
        TaskRunner forgetful = IgniteTaskRunner.builder()
                .cluster(cluster)
                .resultTtl(Duration.ofSeconds(1))
                .build();
        try (TaskSession session = forgetful.start()) {
            session.submit("short-lived", () -> {
                        runs.add();
                        return 1;
                    })
                    .await(Deadlines.PATIENCE);
        }
        Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> {
            try (TaskSession session = forgetful.start()) {
                session.submit("short-lived", () -> {
                            runs.add();
                            return 2;
                        })
                        .await(Deadlines.PATIENCE);
            }
            return runs.count() == 2;
        });
    }

    @Test
    void dependentRunsAlthoughTheRecordOfItsUpstreamHasExpired() {
        Gate go = Gate.in(folder);
        TaskRunner forgetful = IgniteTaskRunner.builder()
                .cluster(cluster)
                .resultTtl(Duration.ofSeconds(1))
                .build();
        Records records = Records.of(cluster.ignite().orElseThrow());
        try (TaskSession session = forgetful.start()) {
            TaskFuture<Integer> quick = session.submit("quick-upstream", () -> 1);
            TaskFuture<Integer> slow = session.submit("slow-upstream", () -> {
                go.pass();
                return 2;
            });
            TaskFuture<Integer> dependent = session.submit("dependent", () -> quick.result() + slow.result());
            quick.result(Deadlines.PATIENCE);
            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .until(() -> records.read(Set.of("quick-upstream")).isEmpty());
            go.open();

            assertThat(dependent.result(Deadlines.PATIENCE)).isEqualTo(3);
        }
    }

    /** How many tasks of the next test run at the moment, and the largest number so far. The node is in this JVM. */
    private static final AtomicInteger RUNNING = new AtomicInteger();

    private static final AtomicInteger MOST_RUNNING = new AtomicInteger();

    @Test
    void sessionsThatAskForDifferentSlotsGetTheLargerNumberWhileBothAreOpen() {
        Tally runs = Tally.in(folder);
        Gate go = Gate.in(folder);
        int processors = Runtime.getRuntime().availableProcessors();
        TaskRunner wide = IgniteTaskRunner.builder()
                .cluster(cluster)
                .slots(processors + 2)
                .build();
        try (TaskSession session = wide.start()) {
            List<TaskFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < processors + 3; i++) {
                all.add(session.submit("wide-" + i, () -> countRunning(runs, go)));
            }
            runs.await(processors + 2);
            all.add(one.submit("waits-for-a-slot", () -> countRunning(runs, go)));
            InFlight.awaitSessions(1, all, List.of(cluster.ignite().orElseThrow()));
            assertThat(runs.count()).isEqualTo(processors + 2);
            go.open();

            assertThat(TaskFuture.all(all).result(Deadlines.PATIENCE)).hasSize(processors + 4);
            assertThat(MOST_RUNNING).hasValue(processors + 2);
        }
    }

    private static int countRunning(Tally runs, Gate go) throws InterruptedException {
        MOST_RUNNING.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
        try {
            runs.add();
            go.pass();
            return 1;
        } finally {
            RUNNING.decrementAndGet();
        }
    }
}
