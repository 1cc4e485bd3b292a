package io.github.ignitetasks.ignite;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.TaskTimeoutException;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.FlowReport;
import io.github.ignitetasks.support.SlowObjects;
import io.github.ignitetasks.support.Stop;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of results whose code hangs while they are read, with or without interrupts. A wait for such a result times
 * out, and nobody else is delayed.
 */
final class UserCodeReadIT {
    private static final AtomicInteger KEYS = new AtomicInteger();

    private static Cluster cluster = new EmbeddedCluster().start(Map.of());
    private static TaskRunner runner =
            IgniteTaskRunner.builder().cluster(cluster).slots(2).build();
    private static TaskSession session = runner.start();

    /** Exists until the session has closed, because results look for their gates until then. */
    @TempDir
    private static Path folders;

    private Stop stop;

    @BeforeEach
    void makeStop() throws IOException {
        stop = Stop.in(folders, true);
    }

    @AfterEach
    void go() {
        stop.go().open();
    }

    @AfterAll
    static void close() {
        session.close(Deadlines.PATIENCE);
        cluster.close();
    }

    @Test
    void waitForTheResultTakesItsTimeAtMost() {
        TaskFuture<Object> slow = slow();

        assertThat(inTime(() -> slow.await(Duration.ZERO))).get().matches(State::isCompleted);
        assertThat(inTime(() -> TaskFuture.all(List.of(slow)).await(Duration.ZERO)))
                .get()
                .matches(State::isCompleted);
        assertThat(inTime(() -> session.await(slow.key(), Duration.ZERO))).isPresent();
        assertThat(stop.reached().isOpen()).isFalse();
        assertTimesOut(slow);
        assertTimesOut(TaskFuture.all(List.of(slow)));
        stop.go().open();
        assertThat(slow.result(Deadlines.PATIENCE)).isInstanceOf(SlowObjects.Read.class);
    }

    @Test
    void waitForAResultThatIsResolvedTakesItsTimeAtMost() {
        Stop resolving = stop;
        TaskFuture<Object> slow = ended(session.submit(key("resolved"), () -> new SlowObjects.Resolved(resolving)));

        assertTimesOut(slow);
    }

    @Test
    void waitForWhatATaskThrewTakesItsTimeAtMost() {
        TaskFuture<Object> slow = slowException();

        assertThat(inTime(() -> slow.await(Duration.ZERO)))
                .get()
                .extracting(State::type)
                .isEqualTo(StateType.FAILED);
        assertTimesOut(slow);
    }

    @Test
    void waitersShareOneThread() {
        TaskFuture<Object> slow = slow();

        for (int i = 0; i < 5; i++) {
            assertTimesOut(slow);
        }

        assertThat(Thread.getAllStackTraces().values().stream()
                        .flatMap(Arrays::stream)
                        .filter(frame -> frame.getClassName().equals(SlowObjects.Read.class.getName())))
                .hasSize(1);
    }

    @Test
    void interruptEndsTheWait() throws Exception {
        TaskFuture<Object> slow = slow();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                thrown.completeExceptionally(new AssertionError(slow.result(Deadlines.PATIENCE)));
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });
        waiter.start();
        stop.awaitReached();

        waiter.interrupt();

        assertThat(thrown.get(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .isInstanceOf(TaskInterruptedException.class);
        waiter.join();
    }

    @Test
    void otherWaitsActionsAndStagesGoOn() throws Exception {
        TaskFuture<Object> slow = slow();
        CompletableFuture<State<Object>> slowAction = new CompletableFuture<>();
        slow.whenDone(slowAction::complete);
        CompletableFuture<Object> slowStage = slow.toCompletableFuture();
        CompletableFuture<State<List<Object>>> actionOfAll = new CompletableFuture<>();
        TaskFuture.all(List.of(slow)).whenDone(actionOfAll::complete);
        stop.awaitReached();

        for (int i = 0; i < 3; i++) {
            TaskFuture<Object> other = session.submit(key("other"), () -> List.of(new Plain(1)));
            CountDownLatch action = new CountDownLatch(1);
            other.whenDone(state -> action.countDown());
            assertThat(action.await(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                    .isTrue();
            assertThat(other.result(Deadlines.PATIENCE)).isEqualTo(List.of(new Plain(1)));
            assertThat(session.submit(key("stage"), () -> new Plain(1))
                            .toCompletableFuture()
                            .get(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                    .isEqualTo(new Plain(1));
        }

        assertThat(slowStage).isNotDone();
        assertThat(slowAction).as("an action reads nothing by itself").isDone();
        assertThat(actionOfAll).isDone();
        stop.go().open();
        assertThat(slowAction
                        .get(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                        .result())
                .isInstanceOf(SlowObjects.Read.class);
        slowStage.get(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        actionOfAll.get(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Test
    void actionThatIsAttachedBeforeTheEndReadsNothing() throws Exception {
        Stop reading = stop;
        CompletableFuture<State<Object>> action = new CompletableFuture<>();

        session.<Object>submit(key("slow"), () -> new SlowObjects.Read(reading)).whenDone(action::complete);

        State<Object> state = action.get(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        assertThat(state.isCompleted()).isTrue();
        assertThat(stop.reached().isOpen()).isFalse();
        stop.go().open();
        assertThat(state.result()).isInstanceOf(SlowObjects.Read.class);
    }

    @Test
    void whatLooksAtTheEndAloneReadsNothing() {
        TaskFuture<Object> slow = slow();
        TaskFuture<Object> exception = slowException();
        List<TaskFuture<Object>> both = List.of(slow, exception);

        assertThat(inTime(slow::toString)).isEqualTo(slow.key() + " Completed");
        assertThat(inTime(exception::toString)).contains("Failed", "on purpose");
        assertThat(inTime(() -> TaskFutures.waitAll(both, Deadlines.PATIENCE).done()))
                .isEqualTo(both);
        inTime(() ->
                assertThat(TaskFutures.asCompleted(both, Deadlines.PATIENCE)).hasSize(2));
        inTime(() -> assertThat(TaskFutures.asCompleted(List.of(TaskFuture.all(both)), Deadlines.PATIENCE))
                .hasSize(1));
        assertThat(stop.reached().isOpen()).isFalse();
    }

    @Test
    void dependentOfATaskThatThrewIsNotReadyThoughNobodyCanReadWhatItThrew() {
        TaskFuture<Object> exception = slowException();
        TaskFuture<Object> dependent = session.submit(key("dependent"), exception::result);

        State<Object> state = inTime(() -> dependent.await(Deadlines.PATIENCE).orElseThrow());

        assertThat(state.type()).isEqualTo(StateType.NOT_READY);
        assertThat(state.describe()).contains("on purpose");
    }

    @Test
    void dependentWaitsForTheResultForItsTimeAtMost() {
        TaskFuture<Object> slow = slow();
        TaskFuture<Boolean> dependent = session.submit(key("dependent"), () -> {
            try {
                return slow.result(Deadlines.GLIMPSE) == null;
            } catch (TaskTimeoutException e) {
                return true;
            }
        });

        assertThat(inTime(() -> dependent.result(Deadlines.PATIENCE))).isTrue();
    }

    @Test
    void flowEndsWithoutTheResult() {
        Stop reading = stop;
        FlowReport<Void> report = inTime(() -> Flow.named("slow-flow")
                .action(run -> run.submit("slow", () -> new SlowObjects.Read(reading)))
                .withTaskRunner(runner)
                .runReport());

        assertThat(report.describe()).isEqualTo("slow-flow: Completed; slow 1 Completed");
        State<?> state = requireNonNull(report.taskStates().get("slow-0"));
        assertThat(stop.reached().isOpen()).isFalse();
        stop.go().open();
        assertThat(state.result()).isInstanceOf(SlowObjects.Read.class);
    }

    @Test
    void sessionClosesWhileAResultIsRead() {
        TaskSession closing = runner.start();
        Stop reading = stop;
        TaskFuture<Object> slow = ended(closing.submit(key("at close"), () -> new SlowObjects.Read(reading)));
        assertTimesOut(slow);
        stop.awaitReached();

        inTime(() -> {
            closing.close(Duration.ZERO);
            return true;
        });

        assertTimesOut(slow);
        stop.go().open();
        assertThat(slow.result(Deadlines.PATIENCE)).isInstanceOf(SlowObjects.Read.class);
    }

    @Test
    void resultIsReadAfterItsSessionHasClosed() {
        TaskSession closing = runner.start();
        TaskFuture<Plain> future = ended(closing.submit(key("closed"), () -> new Plain(1)));
        closing.close(Deadlines.PATIENCE);

        assertThat(future.result(Deadlines.PATIENCE)).isEqualTo(new Plain(1));
    }

    @Test
    void manyResultsAreReadInTurn() {
        List<TaskFuture<Plain>> futures = IntStream.range(0, 1_000)
                .mapToObj(number -> session.submit(key("many"), () -> new Plain(number)))
                .toList();

        assertThat(TaskFuture.all(futures).result(Deadlines.PATIENCE))
                .isEqualTo(IntStream.range(0, 1_000).mapToObj(Plain::new).toList());
    }

    private TaskFuture<Object> slow() {
        Stop reading = stop;
        return ended(session.submit(key("slow"), () -> new SlowObjects.Read(reading)));
    }

    private TaskFuture<Object> slowException() {
        Stop reading = stop;
        return ended(session.submit(key("throws"), () -> {
            throw new SlowObjects.ReadException(reading);
        }));
    }

    /** Waits until a future has ended, without fetching the result. */
    private static <R> TaskFuture<R> ended(TaskFuture<R> future) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> TaskFutures.waitAll(List.of(future), Duration.ZERO)
                        .notDone()
                        .isEmpty());
        return future;
    }

    /** Asserts that a wait for the result times out while reading the result hangs. */
    private static void assertTimesOut(TaskFuture<?> slow) {
        inTime(() ->
                assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> slow.result(Deadlines.GLIMPSE)));
    }

    /** Runs an action with a time limit. If the action hangs, its thread is abandoned. */
    private static <T> T inTime(ThrowingSupplier<T> action) {
        return assertTimeoutPreemptively(Deadlines.PATIENCE, action);
    }

    private static String key(String name) {
        return name + "-" + KEYS.incrementAndGet();
    }

    /** A result of a user's class that is read without delay. */
    private record Plain(int number) implements Serializable {}
}
