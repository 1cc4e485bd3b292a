package io.github.ignitetasks.internal.execution;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.internal.tracing.SpanReference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Tests that timeouts and cancels cover all parts of an attempt: reading the call, running it, and writing its state.
 */
@SuppressWarnings("serial") // no untrusted code gets the lambdas that use private members
final class CallExecutionTimeTest extends CallExecutionSetting {
    private static final CallOptions BRIEF = CallOptions.none().withTimeout(Duration.ofMillis(1));
    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void timeoutEndsReading() throws Exception {
        run(BRIEF, new SlowToRead()).runIn(slots);

        assertThat(end().describe()).contains("TimedOut", "while its call was being read");
        assertSlotIsFree();
    }

    @Test
    void timeoutEndsWriting() throws Exception {
        run(CallOptions.none().withTimeout(Duration.ofMillis(500)), new SlowToWrite())
                .runIn(slots);

        assertThat(end().describe()).contains("TimedOut", "while its result was being written");
        assertSlotIsFree();
    }

    @Test
    void cancelEndsReading() throws Exception {
        assertCancelled(new SlowToRead());
    }

    @Test
    void cancelEndsWriting() throws Exception {
        assertCancelled(new SlowToWrite());
    }

    private void assertCancelled(CallSource<String> source) throws InterruptedException {
        CallExecution<String> run = run(CallOptions.none(), source);
        run.runIn(slots);
        Work.pass(started);

        assertThat(run.cancel()).isTrue();

        assertThat(end().type()).isEqualTo(StateType.CANCELLED);
        assertSlotIsFree();
    }

    @Test
    void whatIsDoneBeforeTheCallIsReadTakesNothingOfItsTime() throws Exception {
        AtomicBoolean prepared = new AtomicBoolean();
        run(BRIEF, new CallSource<>() {
                    @Override
                    public void prepare() throws InterruptedException {
                        started.countDown();
                        gate.await(); // a timeout would interrupt this
                        prepared.set(true);
                    }

                    @Override
                    public TaskCall<String> call() {
                        return CallExecutionTimeTest.this::count;
                    }
                })
                .runIn(slots);

        Work.pass(started);
        CountDownLatch later = new CountDownLatch(1);
        place.timer().after(BRIEF.timeout(), later::countDown); // due after any timeout that began before
        Work.pass(later);
        gate.countDown();
        end();
        assertThat(prepared).isTrue();
    }

    @Test
    void stateIsToldAsItWasWritten() throws Exception {
        BlockingQueue<Outcome<String>> outcomes = new LinkedBlockingQueue<>();

        new CallExecution<>("task", CallOptions.none(), new Written(this::count), place, outcomes::add).runIn(slots);

        Outcome<String> outcome = requireNonNull(outcomes.poll(PATIENCE.toNanos(), NANOSECONDS));
        Outcome.Ended<String> ended = (Outcome.Ended<String>) outcome;
        assertThat(ended.state().result()).isEqualTo("ran");
        assertThat(ended.written()).containsSame(BYTES);
        assertThat(starts).hasValue(1);
    }

    @Test
    void whatIsRetriedIsNotWritten() throws Exception {
        Written source = new Written(CallExecutionSetting::fail);
        run(CallOptions.none().withRetries(2, Duration.ZERO), source).runIn(slots);

        assertThat(end().attempt()).isEqualTo(3);
        assertThat(source.writes).hasValue(1);
    }

    private CallExecution<String> run(CallOptions options, CallSource<String> source) {
        return new CallExecution<>("task", options, source, place, addingTo(ends));
    }

    private final class SlowToRead implements CallSource<String> {
        @Override
        public TaskCall<String> call() throws InterruptedException {
            started.countDown();
            gate.await();
            return CallExecutionTimeTest.this::count;
        }
    }

    private final class SlowToWrite implements CallSource<String> {
        @Override
        public TaskCall<String> call() {
            return CallExecutionTimeTest.this::count;
        }

        @Override
        public Outcome.Ended<String> write(State<String> state, Optional<SpanReference> span) {
            started.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Outcome.Ended<>(state, Optional.of(BYTES));
        }
    }

    private static final class Written implements CallSource<String> {
        private final TaskCall<String> call;
        private final AtomicInteger writes = new AtomicInteger();

        Written(TaskCall<String> call) {
            this.call = call;
        }

        @Override
        public TaskCall<String> call() {
            return call;
        }

        @Override
        public Outcome.Ended<String> write(State<String> state, Optional<SpanReference> span) {
            writes.incrementAndGet();
            return new Outcome.Ended<>(state, Optional.of(BYTES));
        }
    }
}
