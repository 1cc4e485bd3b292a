package io.github.ignitetasks.internal.execution;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.events.EventStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** The fixture of tests that run calls: one slot, a gate, and the final states of the calls. */
abstract class CallExecutionSetting {
    static final int RACES = 300;
    static final Duration LONG = PATIENCE.multipliedBy(10);

    final NodeContext place = new NodeContext("here", new Timer("call-run-test"), new EventStream());
    final Slots slots = new Slots("call-run-test", 1);
    final BlockingQueue<State<String>> ends = new LinkedBlockingQueue<>();
    final AtomicInteger starts = new AtomicInteger();
    final CountDownLatch started = new CountDownLatch(1);
    final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    final void close() {
        slots.close();
        place.timer().close();
    }

    final CallExecution<String> run(CallOptions options, TaskCall<String> call) {
        return new CallExecution<>("task", options, () -> call, place, addingTo(ends));
    }

    /** Returns a listener that collects the states. */
    static CallListener<String> addingTo(Collection<State<String>> ends) {
        return outcome -> ends.add(((Outcome.Ended<String>) outcome).state());
    }

    final String count() {
        starts.incrementAndGet();
        return "ran";
    }

    static String fail() throws IOException {
        throw new IOException("on purpose");
    }

    static RunningCall current() {
        return RunningCall.current().orElseThrow();
    }

    final State<String> end() throws InterruptedException {
        return end(ends);
    }

    static State<String> end(BlockingQueue<State<String>> ends) throws InterruptedException {
        State<String> state = ends.poll(PATIENCE.toNanos(), NANOSECONDS);
        assertThat(state).as("the state").isNotNull();
        return requireNonNull(state);
    }

    final void assertSlotIsFree() {
        CountDownLatch ran = new CountDownLatch(1);
        slots.run(slot -> ran.countDown());
        Work.pass(ran);
    }

    final void awaitUninterruptibly() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (gate.getCount() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }
}
