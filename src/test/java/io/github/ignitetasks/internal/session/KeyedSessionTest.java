package io.github.ignitetasks.internal.session;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.SequentialTaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests sessions under races, and tasks that use their session. The runners of this JVM suffice to show this. */
@SuppressWarnings("serial") // no untrusted code gets the lambdas that use private members
final class KeyedSessionTest {
    private static final TaskRunner POOL = ThreadPoolTaskRunner.withSlots(2);
    private static final int RACES = 50;
    private static final int SUBMITTERS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.002S", "PT1000000H"})
    void futureThatIsAcceptedWhileTheSessionClosesIsFinalOnceItIsClosed(Duration timeout) throws Exception {
        for (int i = 0; i < RACES; i++) {
            TaskSession session = POOL.start();
            Queue<TaskFuture<Integer>> accepted = new ConcurrentLinkedQueue<>();
            CountDownLatch submitting = new CountDownLatch(SUBMITTERS);
            List<Thread> submitters = new ArrayList<>();
            for (int j = 0; j < SUBMITTERS; j++) {
                String name = "submitter-" + j;
                submitters.add(start(name, () -> submitChains(session, name, accepted, submitting)));
            }
            submitting.await();

            session.close(timeout);

            for (Thread submitter : submitters) {
                submitter.join();
            }
            assertThat(accepted)
                    .isNotEmpty()
                    .allSatisfy(future -> assertThat(future.state()).isPresent());
        }
    }

    @Test
    void waitsThatAreOverLeaveNothingAtTheirFutures() {
        CountDownLatch gate = new CountDownLatch(1);
        try (TaskSession session = POOL.start()) {
            KeyedFuture<Integer> slow = (KeyedFuture<Integer>) session.submit("slow", () -> {
                gate.await();
                return 1;
            });
            TaskFuture<List<Integer>> all = TaskFuture.all(List.of(slow));
            for (int i = 0; i < 10; i++) {
                assertThat(TaskFutures.waitAny(List.of(slow), Duration.ofMillis(1)))
                        .isEmpty();
                assertThat(TaskFutures.waitAny(List.of(all), Duration.ofMillis(1)))
                        .isEmpty();
                assertThat(all.await(Duration.ofMillis(1))).isEmpty();
            }

            assertThat(slow.waiting()).hasSize(1); // all listens once, whatever the number of waits
            gate.countDown();
            assertThat(all.result(PATIENCE)).containsExactly(1);
            assertThat(slow.waiting()).isEmpty();
        }
    }

    @Test
    void actionsRunOneAfterAnotherOnAThreadOfTheSession() throws Exception {
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        int actions = 20;
        try (TaskSession session = POOL.start()) {
            for (int i = 0; i < actions; i++) {
                session.submit("task-" + i, () -> {
                            gate.await();
                            return 1;
                        })
                        .whenDone(state -> {
                            int beside = inside.getAndIncrement();
                            threads.add(Thread.currentThread().getName() + " beside " + beside);
                            inside.decrementAndGet();
                        });
            }
            gate.countDown();
        }

        assertThat(threads).hasSize(actions).allMatch(name -> name.matches("thread-pool-\\d+-callbacks-1 beside 0"));
    }

    @Test
    void actionMayCloseItsSession() throws Exception {
        BlockingQueue<String> closed = new ArrayBlockingQueue<>(1);
        CountDownLatch gate = new CountDownLatch(1);
        TaskSession session = POOL.start();
        session.submit("task", () -> {
                    gate.await();
                    return 1;
                })
                .whenDone(state -> {
                    session.close();
                    closed.add("closed");
                });

        gate.countDown();

        assertThat(closed.poll(PATIENCE.toNanos(), NANOSECONDS)).isEqualTo("closed");
    }

    @Test
    void actionThatIsAttachedAfterCloseIsCalled() {
        TaskSession session = POOL.start();
        TaskFuture<Integer> future = session.submit("task", () -> 1);
        session.close();
        List<StateType> seen = new ArrayList<>();

        future.whenDone(state -> seen.add(state.type()));

        assertThat(seen).containsExactly(StateType.COMPLETED);
    }

    @Test
    void taskThatWaitsForItselfFailsAtOnce() {
        try (TaskSession session = POOL.start()) {
            TaskFuture<Integer> self =
                    session.submit("self", () -> 1 + resubmitted(session).result());

            assertFailedBecauseItMustNotWait(self);
        }
    }

    @Test
    void taskThatWaitsForAKeyThatItDidNotSubmitLendsItsSlot() {
        try (TaskSession session = ThreadPoolTaskRunner.withSlots(1).start()) {
            CountDownLatch submitted = new CountDownLatch(1);
            TaskFuture<Boolean> waiting = session.submit("waiting", () -> {
                submitted.await();
                return session.await("other", PATIENCE).isPresent();
            });
            session.submit("other", () -> 1);
            submitted.countDown();

            assertThat(waiting.result(PATIENCE)).isTrue();
        }
    }

    @Test
    void taskMayWaitForAKeyThatItSubmittedAsTheSecond() {
        try (TaskSession session = POOL.start()) {
            session.submit("other", () -> 1);

            TaskFuture<Integer> waiting = session.submit(
                    "waiting", () -> session.submit("other", () -> 2).result());

            assertThat(waiting.result(PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    void dependentOfManyThatFailAtOnceIsNotReadyOnce() throws Exception {
        for (int i = 0; i < RACES; i++) {
            CountDownLatch gate = new CountDownLatch(1);
            BlockingQueue<State<Integer>> ends = new LinkedBlockingQueue<>();
            try (TaskSession session = ThreadPoolTaskRunner.withSlots(4).start()) {
                List<TaskFuture<Integer>> upstreams = new ArrayList<>();
                for (int j = 0; j < 4; j++) {
                    String name = "upstream-" + j;
                    upstreams.add(session.submit(name, () -> {
                        gate.await();
                        throw new IllegalStateException(name);
                    }));
                }
                session.submit("dependent", () -> upstreams.get(0).result()).whenDone(ends::add);
                gate.countDown();
            }
            assertThat(ends)
                    .singleElement()
                    .satisfies(state -> assertThat(state.type()).isEqualTo(StateType.NOT_READY));
        }
    }

    @Test
    void dependentOfManyThatCompleteAtOnceRunsOnce() {
        for (int i = 0; i < RACES; i++) {
            AtomicInteger runs = new AtomicInteger();
            try (TaskSession session = ThreadPoolTaskRunner.withSlots(4).start()) {
                List<TaskFuture<Integer>> upstreams = new ArrayList<>();
                for (int j = 0; j < 50; j++) {
                    upstreams.add(session.submit("upstream-" + j, () -> 1));
                }
                TaskFuture<Integer> sum = session.submit("sum", () -> {
                    runs.incrementAndGet();
                    return upstreams.stream().mapToInt(TaskFuture::result).sum();
                });

                assertThat(sum.result(PATIENCE)).isEqualTo(50);
            }
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void dependentOfASequentialTaskThatRunsOnAnotherThreadRunsAfterIt() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (TaskSession session = SequentialTaskRunner.create().start()) {
            Thread other = start(
                    "other",
                    () -> session.submit("slow", () -> {
                        started.countDown();
                        gate.await();
                        return 1;
                    }));
            started.await();
            TaskFuture<Integer> slow = session.submit("slow", () -> 2);
            TaskFuture<Integer> next = session.submit("next", () -> {
                TaskFuture<Integer> own = session.submit("own", () -> 10);
                return slow.result()
                        + session.submit("after own", () -> own.result() + 100).result();
            });

            gate.countDown();

            assertThat(next.result(PATIENCE)).isEqualTo(111);
            other.join();
        }
    }

    @Test
    void sessionTellsItsNameWhereItRefuses() {
        TaskSession session = POOL.start();
        session.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> session.submit("late", () -> 1))
                .withMessageMatching("session thread-pool-\\d+ is closed; start another by its runner");
    }

    private static void assertFailedBecauseItMustNotWait(TaskFuture<?> future) {
        State<?> state = future.await(PATIENCE).orElseThrow();
        assertThat(state.failure().map(Failure::type)).contains(IllegalStateException.class.getName());
        assertThat(state.describe()).contains("cannot wait for future");
    }

    private static TaskFuture<Integer> resubmitted(TaskSession session) {
        return session.submit("self", () -> 2);
    }

    private static void submitChains(
            TaskSession session, String name, Queue<TaskFuture<Integer>> accepted, CountDownLatch submitting) {
        try {
            TaskFuture<Integer> last = session.submit(name, () -> 0);
            accepted.add(last);
            submitting.countDown();
            for (int i = 0; true; i++) {
                TaskFuture<Integer> previous = last;
                last = session.submit(name + "-" + i, () -> previous.result() + 1);
                accepted.add(last);
                accepted.add(session.submit(name + "-free-" + i, () -> 1));
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("closed");
        }
    }

    private static Thread start(String name, Runnable action) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
