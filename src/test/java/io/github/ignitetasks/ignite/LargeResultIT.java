package io.github.ignitetasks.ignite;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.ResultUnavailableException;
import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.FlowReport;
import io.github.ignitetasks.flow.FlowWithoutArgument;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.support.Gate;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.spi.communication.CommunicationSpi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests of results that stay on the grid until somebody fetches them. The session's node is a client of the grid. */
@TestInstance(Lifecycle.PER_CLASS)
final class LargeResultIT {
    private static final int SIZE = 4 << 20;

    /** A number of large results that exceeds the bytes of states that a session keeps. */
    private static final int ASKED = 20;

    private final Path folder;
    private final TestGrid grid;
    private final Ignite client;

    LargeResultIT(@TempDir Path folder) {
        this.folder = folder;
        this.grid = TestGrid.start(folder.resolve("grid"), 1);
        grid.addNode(configuration -> configuration.setClientMode(true));
        this.client = grid.node(1);
    }

    @BeforeAll
    void nodeIsAClient() {
        assertThat(client.cluster().localNode().isClient()).isTrue();
    }

    @AfterAll
    void close() {
        grid.close();
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void largeResultIsThatOfTheTask() {
        try (TaskSession session = session(Duration.ofHours(1))) {
            TaskFuture<byte[]> large = session.submit("own", LargeResultIT::large);

            assertThat(large.result(Deadlines.PATIENCE)).isEqualTo(large());
            assertThat(large.state()).get().extracting(State::attempt).isEqualTo(1);
        }
    }

    @Test
    void largeResultOfAnotherSessionIsFoundWithItsFailedAttempts() {
        TaskCall<byte[]> call = () -> {
            if (TaskContext.current().orElseThrow().attempt() == 1) {
                throw new IOException("not yet");
            }
            return large();
        };
        CallOptions options = CallOptions.none().withRetries(1, Duration.ZERO);
        try (TaskSession session = session(Duration.ofHours(1));
                TaskSession other = session(Duration.ofHours(1));
                TaskSession third = session(Duration.ofHours(1))) {
            State<byte[]> first = session.submit("retried", call, options).await();
            State<byte[]> again = other.submit("retried", call, options).await();
            State<byte[]> found = third.<byte[]>find("retried").orElseThrow().await();

            assertThat(first.isCached()).isFalse();
            assertThat(first.failedAttempts())
                    .singleElement()
                    .satisfies(
                            attempt -> assertThat(attempt.failure().message()).isEqualTo("not yet"));
            for (State<byte[]> later : List.of(again, found)) {
                assertThat(later.isCached()).isTrue();
                assertThat(later.executionInfo()).isEqualTo(first.executionInfo());
                assertThat(((State.Completed<byte[]>) later).isRead()).isFalse();
                assertThat(later.result()).isEqualTo(large());
            }
            TaskFuture<byte[]> upstream = other.submit("retried", call, options);
            assertThat(other.submit("size of retried", () -> upstream.result().length)
                            .result())
                    .isEqualTo(SIZE);
        }
    }

    @Test
    void interruptWhileAResultIsFetchedIsNoStateOfTheTask() {
        try (TaskSession session = session(Duration.ofHours(1))) {
            TaskFuture<byte[]> large = session.submit("interrupted", LargeResultIT::large);
            await().atMost(Deadlines.PATIENCE).until(() -> large.toString().equals("interrupted Completed"));
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(TaskInterruptedException.class).isThrownBy(large::result);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(large.result(Deadlines.PATIENCE)).hasSize(SIZE);
        }
    }

    @Test
    void resultThatOnlyATaskUsesDoesNotPassTheSubmitter() {
        try (TaskSession session = session(Duration.ofHours(1))) {
            assertThat(session.submit("first", () -> 1).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
            long before = bytes();
            TaskFuture<byte[]> large = session.submit("passed", LargeResultIT::large);
            TaskFuture<Integer> size = session.submit("size", () -> large.result().length);

            assertThat(size.result(Deadlines.PATIENCE)).isEqualTo(SIZE);
            assertThat(large).hasToString("passed Completed");
            assertThat(bytes() - before).isLessThan(SIZE / 100);
        }
    }

    @Test
    void taskGetsEachResultOfUpstreamsThatItsNodeDoesNotHoldAllAtOnce() {
        try (TaskSession session = session(Duration.ofHours(1))) {
            List<TaskFuture<byte[]>> upstreams = IntStream.range(0, ASKED)
                    .mapToObj(number -> session.submit("part-" + number, () -> filled(number)))
                    .toList();
            TaskFuture<Integer> sum = session.submit("sum", () -> {
                int total = 0;
                for (TaskFuture<byte[]> upstream : upstreams) {
                    total += upstream.result()[SIZE - 1];
                    assertThat(upstream.result()).hasSize(SIZE);
                }
                return total;
            });

            assertThat(sum.result(Deadlines.PATIENCE)).isEqualTo(ASKED * (ASKED - 1) / 2);
        }
    }

    @Test
    void resultThatHasExpiredBeforeItWasAskedForIsSaidToBeGone() {
        try (TaskSession session = session(Duration.ofSeconds(1))) {
            TaskFuture<byte[]> large = session.submit("expires", LargeResultIT::large);
            Records records = Records.of(client);
            await().atMost(Deadlines.PATIENCE).until(() -> large.toString().equals("expires Completed"));
            await().atMost(Deadlines.PATIENCE)
                    .until(() -> records.get("expires").get() == null);

            assertThat(large.await(Deadlines.PATIENCE)).get().matches(State::isCompleted);
            assertThatExceptionOfType(ResultUnavailableException.class)
                    .isThrownBy(large::result)
                    .withMessageContainingAll("stayed on the grid", "no result under key 'expires' any more");
        }
    }

    @Test
    void sizeUpToWhichAResultComesWithItsStateIsASetting() {
        SessionLimits tiny = SessionLimits.standard().withInlineResultBytes(1);
        SessionLimits huge = SessionLimits.standard().withInlineResultBytes(SIZE + 1_000);
        try (TaskSession expiring = session(Duration.ofSeconds(1), tiny);
                TaskSession inline = session(Duration.ofSeconds(1), huge)) {
            TaskFuture<Integer> small = expiring.submit("small", () -> 1);
            TaskFuture<byte[]> large = inline.submit("inline", LargeResultIT::large);
            awaitExpiry(small);
            awaitExpiry(large);

            assertThatExceptionOfType(ResultUnavailableException.class).isThrownBy(small::result);
            assertThat(large.result()).isEqualTo(large());
        }
    }

    @Test
    void foundKeyBringsItsResultUpToTheSizeThatIsSet() {
        SessionLimits huge = SessionLimits.standard().withInlineResultBytes(SIZE + 1_000);
        try (TaskSession session = session(Duration.ofSeconds(5));
                TaskSession other = session(Duration.ofSeconds(5));
                TaskSession inline = session(Duration.ofSeconds(5), huge)) {
            assertThat(session.submit("found", LargeResultIT::large).await(Deadlines.PATIENCE))
                    .get()
                    .matches(State::isCompleted);
            TaskFuture<byte[]> head = other.<byte[]>find("found").orElseThrow();
            TaskFuture<byte[]> whole = inline.<byte[]>find("found").orElseThrow();
            awaitExpiry(whole);

            assertThatExceptionOfType(ResultUnavailableException.class).isThrownBy(head::result);
            assertThat(whole.result()).isEqualTo(large());
        }
    }

    private void awaitExpiry(TaskFuture<?> future) {
        assertThat(future.await(Deadlines.PATIENCE)).get().matches(State::isCompleted);
        Records records = Records.of(client);
        await().atMost(Deadlines.PATIENCE).until(() -> records.get(future.key()).get() == null);
    }

    @Test
    void taskWhoseLargeUpstreamHasExpiredIsNotReady() {
        Gate gate = Gate.in(folder);
        try (TaskSession session = session(Duration.ofSeconds(1))) {
            TaskFuture<byte[]> large = session.submit("early", LargeResultIT::large);
            TaskFuture<Integer> late = session.submit("late", () -> {
                gate.pass();
                return 1;
            });
            TaskFuture<Integer> both = session.submit("both", () -> large.result().length + late.result());
            Records records = Records.of(client);
            await().atMost(Deadlines.PATIENCE).until(() -> large.toString().equals("early Completed"));
            await().atMost(Deadlines.PATIENCE).until(() -> records.get("early").get() == null);
            gate.open();

            assertThat(both.await(Deadlines.PATIENCE))
                    .get()
                    .extracting(State::describe)
                    .asString()
                    .contains("NotReady", "'early' has expired", "resultTtl");
        }
    }

    @Test
    void flowFetchesNoLargeResultToTellHowItsTasksEnded() {
        FlowWithoutArgument<Void> flow =
                Flow.named("large-flow").action(run -> run.submit("large", LargeResultIT::large));
        long before = bytes();

        FlowReport<Void> report =
                flow.withTaskRunner(runner(Duration.ofHours(1))).runReport();

        assertThat(bytes() - before).isLessThan(SIZE / 10);
        assertThat(report.describe()).isEqualTo("large-flow: Completed; large 1 Completed");
        State<?> large = requireNonNull(report.taskStates().get("large-0"));
        assertThat(large).extracting(State::attempt).isEqualTo(1);
        assertThat(large.result()).isEqualTo(large()); // the grid still runs
    }

    @Test
    void flowWhoseLargeResultHasExpiredIsCompleted() {
        Records records = Records.of(client);
        FlowWithoutArgument<Void> flow = Flow.named("expired-flow").action(run -> {
            TaskFuture<byte[]> large = run.submit("large", LargeResultIT::large);
            await().atMost(Deadlines.PATIENCE).until(() -> large.toString().endsWith(" Completed"));
            await().atMost(Deadlines.PATIENCE)
                    .until(() -> records.get(large.key()).get() == null);
        });

        assertThat(flow.withTaskRunner(runner(Duration.ofSeconds(1)))
                        .runReport()
                        .describe())
                .isEqualTo("expired-flow: Completed; large 1 Completed");
    }

    @Test
    void waitForManyFetchesNoLargeResult() {
        try (TaskSession session = session(Duration.ofHours(1))) {
            long before = bytes();
            List<TaskFuture<byte[]>> futures = IntStream.range(0, 3)
                    .mapToObj(number -> session.submit("many-" + number, LargeResultIT::large))
                    .toList();

            assertThat(TaskFutures.asCompleted(futures, Deadlines.PATIENCE)).hasSize(3);
            assertThat(TaskFutures.waitAll(futures, Deadlines.PATIENCE).done()).isEqualTo(futures);
            assertThat(TaskFutures.asCompleted(futures, Deadlines.PATIENCE)).hasSize(3);
            assertThat(bytes() - before).isLessThan(SIZE / 10);
            assertThat(futures.get(2).result(Deadlines.PATIENCE)).isEqualTo(large());
        }
    }

    @Test
    void sessionDoesNotHoldAllLargeResultsThatWereAskedFor() {
        try (TaskSession session = session(Duration.ofHours(1))) {
            WeakReference<byte[]> first = new WeakReference<>(
                    session.submit("asked-0", LargeResultIT::large).result(Deadlines.PATIENCE));
            for (int number = 1; number < ASKED; number++) {
                assertThat(session.submit("asked-" + number, LargeResultIT::large)
                                .result(Deadlines.PATIENCE))
                        .hasSize(SIZE);
            }

            await().atMost(Deadlines.PATIENCE).until(() -> {
                System.gc();
                return first.refersTo(null);
            });
            assertThat(session.submit("asked-0", LargeResultIT::large).result(Deadlines.PATIENCE))
                    .isEqualTo(large());
        }
    }

    private TaskSession session(Duration timeToLive) {
        return runner(timeToLive).start();
    }

    private TaskSession session(Duration timeToLive, SessionLimits limits) {
        return IgniteTaskRunner.builder()
                .ignite(client)
                .resultTtl(timeToLive)
                .limits(limits)
                .build()
                .start();
    }

    private TaskRunner runner(Duration timeToLive) {
        return IgniteTaskRunner.builder().ignite(client).resultTtl(timeToLive).build();
    }

    private long bytes() {
        CommunicationSpi<?> communication = client.configuration().getCommunicationSpi();
        return communication.getReceivedBytesCount() + communication.getSentBytesCount();
    }

    private static byte[] large() {
        return filled(7);
    }

    private static byte[] filled(int value) {
        byte[] large = new byte[SIZE];
        Arrays.fill(large, (byte) value);
        return large;
    }
}
