package io.github.ignitetasks.internal.execution;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@SuppressWarnings("serial") // no untrusted code gets the lambdas that use private members
final class CallExecutionTest extends CallExecutionSetting {

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
        run(CallOptions.none(), CallExecutionSetting::fail).runIn(slots);

        assertThat(end().describe()).isEqualTo("Failed: java.io.IOException: on purpose");
    }

    @Test
    void callThatCannotBeHadIsCrashedAndNotRetried() throws Exception {
        new CallExecution<String>(
                        "task",
                        CallOptions.none().withRetries(3, Duration.ZERO),
                        () -> {
                            starts.incrementAndGet();
                            throw new ClassNotFoundException("com.example.Gone");
                        },
                        place,
                        addingTo(ends))
                .runIn(slots);

        assertThat(end().describe()).isEqualTo("Crashed: java.lang.ClassNotFoundException: com.example.Gone");
        assertThat(starts).hasValue(1);
    }

    @Test
    void callThatMustNotRunHasNoStateAndIsNotRetried() throws Exception {
        BlockingQueue<Outcome<String>> outcomes = new LinkedBlockingQueue<>();
        Outcome.Reason reason = new Outcome.UpstreamsGone(List.of("upstream"));
        new CallExecution<String>(
                        "task",
                        CallOptions.none().withRetries(3, Duration.ZERO),
                        () -> {
                            starts.incrementAndGet();
                            throw new CallNotRunException(reason);
                        },
                        place,
                        outcomes::add)
                .runIn(slots);

        assertThat(outcomes.poll(PATIENCE.toNanos(), NANOSECONDS)).isEqualTo(new Outcome.NotRun<String>(reason));
        assertSlotIsFree();
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
        Work.pass(started);
        BlockingQueue<State<String>> otherEnds = new LinkedBlockingQueue<>();

        new CallExecution<>("other", CallOptions.none(), () -> () -> "done", place, addingTo(otherEnds)).runIn(slots);

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
                    while (!current().isCancelled()) {
                        Thread.onSpinWait();
                    }
                    return "late";
                })
                .runHere();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(end().name()).isEqualTo("TimedOut");
    }
}
