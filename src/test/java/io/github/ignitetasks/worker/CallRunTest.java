package io.github.ignitetasks.worker;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.RunningCall;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CallRunTest {
    private static final int RACES = 300;
    private static final Duration LONG = PATIENCE.multipliedBy(10);

    private final Place place = new Place("here", new Timer("call-run-test"));
    private final Slots slots = new Slots("call-run-test", 1);
    private final BlockingQueue<State<String>> ends = new LinkedBlockingQueue<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        slots.close();
        place.timer().close();
    }

    @Test
    void callThatReturnsIsCompletedWithATrace() throws Exception {
        run(CallOptions.none(), () -> "done").runIn(slots);

        State<String> state = end();
        assertThat(state.result()).isEqualTo("done");
        assertThat(state.node()).isEqualTo("here");
        assertThat(state.attempt()).isEqualTo(1);
        assertThat(state.startTime()).isBeforeOrEqualTo(state.endTime());
    }

    @Test
    void callThatThrowsIsFailed() throws Exception {
        run(CallOptions.none(), CallRunTest::fail).runIn(slots);

        assertThat(end().describe()).isEqualTo("Failed: java.io.IOException: on purpose");
    }

    @Test
    void callThatCannotBeHadIsCrashedAndNotRetried() throws Exception {
        new CallRun<String>(
                        "task",
                        CallOptions.none().withRetries(3, Duration.ZERO),
                        () -> {
                            starts.incrementAndGet();
                            throw new ClassNotFoundException("com.example.Gone");
                        },
                        place,
                        ends::add)
                .runIn(slots);

        assertThat(end().describe()).isEqualTo("Crashed: java.lang.ClassNotFoundException: com.example.Gone");
        assertThat(starts).hasValue(1);
    }

    @Test
    void callThatFailsIsRetriedInAnotherTurn() throws Exception {
        run(CallOptions.none().withRetries(2, Duration.ofMillis(1)), () -> {
                    starts.incrementAndGet();
                    return fail();
                })
                .runIn(slots);

        assertThat(end().attempt()).isEqualTo(3);
        assertThat(starts).hasValue(3);
    }

    @Test
    void callHoldsNoSlotBetweenItsAttempts() throws Exception {
        run(CallOptions.none().withRetries(1, LONG), () -> {
                    started.countDown();
                    return fail();
                })
                .runIn(slots);
        pass(started);
        BlockingQueue<State<String>> otherEnds = new LinkedBlockingQueue<>();

        new CallRun<>("other", CallOptions.none(), () -> () -> "done", place, otherEnds::add).runIn(slots);

        assertThat(end(otherEnds).result()).isEqualTo("done");
        assertThat(ends).isEmpty();
    }

    @Test
    void callThatTakesTooLongIsTimedOutAndInterrupted() throws Exception {
        AtomicReference<String> left = new AtomicReference<>("");
        run(CallOptions.none().withTimeout(GLIMPSE), () -> {
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        left.set("interrupted, wanted " + !current().isCancelled());
                    }
                    return "late";
                })
                .runIn(slots);

        State<String> state = end();
        assertThat(state.name()).isEqualTo("TimedOut");
        assertThat(state.describe()).contains("'task'", GLIMPSE.toString());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(left).hasValue("interrupted, wanted false"));
        assertThat(ends).isEmpty();
    }

    @Test
    void callThatTimesOutAndIgnoresItsInterruptIsRetriedBesideItself() throws Exception {
        run(CallOptions.none().withTimeout(GLIMPSE).withRetries(1, Duration.ZERO), () -> {
                    if (starts.incrementAndGet() == 1) {
                        awaitUninterruptibly();
                    }
                    return "attempt " + current().attempt();
                })
                .runIn(slots);

        assertThat(end().result()).isEqualTo("attempt 2");
        gate.countDown();
    }

    @Test
    void cancelBeforeTheStartEndsTheRun() throws Exception {
        CallRun<String> run = run(CallOptions.none(), this::count);

        assertThat(run.cancel()).isTrue();
        run.runIn(slots);

        assertThat(end()).isInstanceOfSatisfying(State.Cancelled.class, state -> {
            assertThat(state.attempt()).isZero();
            assertThat(state.stillRunning()).isFalse();
        });
        assertSlotIsFree();
        assertThat(starts).hasValue(0);
    }

    @Test
    void cancelInTheQueueEndsTheRun() throws Exception {
        CountDownLatch holding = new CountDownLatch(1);
        slots.run(slot -> pass(holding));
        CallRun<String> run = run(CallOptions.none(), this::count);
        run.runIn(slots);

        assertThat(run.cancel()).isTrue();

        assertThat(end().type()).isEqualTo(StateType.CANCELLED);
        holding.countDown();
        assertSlotIsFree();
        assertThat(starts).hasValue(0);
    }

    @Test
    void cancelWhileItRunsIsToldOnceTheCodeHasLeft() throws Exception {
        CountDownLatch leaving = new CountDownLatch(1);
        CallRun<String> run = run(CallOptions.none(), () -> {
            started.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                starts.incrementAndGet();
                pass(leaving);
            }
            return "late";
        });
        run.runIn(slots);
        pass(started);

        assertThat(run.cancel()).isTrue();

        leaving.countDown();
        assertThat(end().describe()).isEqualTo("Cancelled");
        assertThat(starts).hasValue(1);
        assertSlotIsFree();
    }

    @Test
    void cancelOfCodeThatIgnoresItIsToldInTheEndAndFreesTheSlot() throws Exception {
        CallRun<String> run = run(CallOptions.none(), () -> {
            started.countDown();
            awaitUninterruptibly();
            return "late";
        });
        run.runIn(slots);
        pass(started);

        assertThat(run.cancel()).isTrue();

        assertThat(end())
                .isInstanceOfSatisfying(
                        State.Cancelled.class,
                        state -> assertThat(state.stillRunning()).isTrue());
        assertSlotIsFree();
        gate.countDown();
        assertSlotIsFree();
    }

    @Test
    void cancelBetweenTwoAttemptsEndsTheRun() throws Exception {
        CallRun<String> run = run(CallOptions.none().withRetries(1, LONG), () -> {
            starts.incrementAndGet();
            return fail();
        });
        run.runIn(slots);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(starts).hasValue(1));
        assertSlotIsFree();

        assertThat(run.cancel()).isTrue();

        assertThat(end().type()).isEqualTo(StateType.CANCELLED);
    }

    @Test
    void cancelBetweenTwoAttemptsOnTheCallersThreadLetsThatGo() throws Exception {
        CallRun<String> run = run(CallOptions.none().withRetries(1, LONG), CallRunTest::fail);
        Thread caller = new Thread(run::runHere, "caller");
        caller.start();
        await().atMost(PATIENCE).until(() -> caller.getState() == Thread.State.TIMED_WAITING);

        assertThat(run.cancel()).isTrue();

        caller.join(PATIENCE.toMillis());
        assertThat(caller.isAlive()).isFalse();
        assertThat(end().type()).isEqualTo(StateType.CANCELLED);
    }

    @Test
    void interruptBetweenTwoAttemptsOnTheCallersThreadCancels() throws Exception {
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        CallRun<String> run = run(CallOptions.none().withRetries(1, LONG), CallRunTest::fail);
        Thread caller = new Thread(
                () -> {
                    run.runHere();
                    flag.set(Thread.currentThread().isInterrupted());
                },
                "caller");
        caller.start();
        await().atMost(PATIENCE).until(() -> caller.getState() == Thread.State.TIMED_WAITING);

        caller.interrupt();

        caller.join(PATIENCE.toMillis());
        assertThat(end().type()).isEqualTo(StateType.CANCELLED);
        assertThat(flag).hasValue(true);
    }

    @Test
    void cancelAfterTheEndChangesNothing() throws Exception {
        CallRun<String> run = run(CallOptions.none(), () -> "done");
        run.runIn(slots);
        end();

        assertThat(run.cancel()).isFalse();

        assertSlotIsFree();
        assertThat(ends).isEmpty();
    }

    @Test
    void cancelThatRacesWithTheEndIsDecidedOnce() throws Exception {
        for (int i = 0; i < RACES; i++) {
            CountDownLatch racing = new CountDownLatch(1);
            CallRun<String> run = run(CallOptions.none(), () -> {
                racing.await();
                return "done";
            });
            run.runIn(slots);
            racing.countDown();
            boolean cancelled = run.cancel();

            StateType type = end().type();
            assertThat(type).isIn(StateType.CANCELLED, StateType.COMPLETED);
            if (!cancelled) {
                assertThat(type).isEqualTo(StateType.COMPLETED);
            }
        }
        assertSlotIsFree();
        assertThat(ends).as("told twice").isEmpty();
    }

    @Test
    void cancelThatRacesWithTheNextAttemptEndsTheRun() throws Exception {
        for (int i = 0; i < RACES; i++) {
            CountDownLatch racing = new CountDownLatch(1);
            CallRun<String> run = run(CallOptions.none().withRetries(Integer.MAX_VALUE, Duration.ZERO), () -> {
                racing.countDown();
                return fail();
            });
            run.runIn(slots);
            pass(racing);

            assertThat(run.cancel()).isTrue();

            assertThat(end().type()).isEqualTo(StateType.CANCELLED);
        }
        assertSlotIsFree();
        assertThat(ends).as("told twice").isEmpty();
    }

    @Test
    void timeoutThatRacesWithTheEndIsDecidedOnce() throws Exception {
        Duration timeout = Duration.ofMillis(1);
        for (int i = 0; i < RACES; i++) {
            run(CallOptions.none().withTimeout(timeout), () -> {
                        NANOSECONDS.sleep(timeout.toNanos());
                        return "done";
                    })
                    .runIn(slots);

            State<String> state = end();
            assertThat(state.name()).isIn("Completed", "TimedOut");
        }
        assertSlotIsFree();
        assertThat(ends).as("told twice").isEmpty();
    }

    @Test
    void threadOfTheCallerIsNotLeftInterrupted() throws Exception {
        run(CallOptions.none().withTimeout(GLIMPSE), () -> {
                    awaitUninterruptibly(GLIMPSE.multipliedBy(3));
                    return "late";
                })
                .runHere();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(end().name()).isEqualTo("TimedOut");
    }

    private CallRun<String> run(CallOptions options, TaskCall<String> call) {
        return new CallRun<>("task", options, () -> call, place, ends::add);
    }

    private String count() {
        starts.incrementAndGet();
        return "ran";
    }

    private static String fail() throws IOException {
        throw new IOException("on purpose");
    }

    private static RunningCall current() {
        return RunningCall.current().orElseThrow();
    }

    private State<String> end() throws InterruptedException {
        return end(ends);
    }

    private static State<String> end(BlockingQueue<State<String>> ends) throws InterruptedException {
        State<String> state = ends.poll(PATIENCE.toNanos(), NANOSECONDS);
        assertThat(state).as("the state").isNotNull();
        return requireNonNull(state);
    }

    private void assertSlotIsFree() {
        CountDownLatch ran = new CountDownLatch(1);
        slots.run(slot -> ran.countDown());
        pass(ran);
    }

    private void awaitUninterruptibly() {
        awaitUninterruptibly(PATIENCE);
    }

    private void awaitUninterruptibly(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (gate.getCount() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toNanos(), NANOSECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
