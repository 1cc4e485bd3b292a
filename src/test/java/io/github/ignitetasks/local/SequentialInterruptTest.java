package io.github.ignitetasks.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SequentialInterruptTest {
    private static final TaskCall<Boolean> WAIT =
            () -> new CountDownLatch(1).await(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);

    @Test
    void interruptOfTheSubmittingThreadEndsTheCallAndIsLeftToTheCaller() {
        try (TaskSession session = SequentialTaskRunner.create().start()) {
            Thread.currentThread().interrupt();

            TaskFuture<Boolean> future = session.submit("wait", WAIT);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(future.state()).get().isInstanceOf(State.Failed.class);
        }
    }

    @Test
    void interruptByATimeoutIsNotLeftToTheCaller() {
        try (TaskSession session = SequentialTaskRunner.create().start()) {
            CallOptions options = CallOptions.none().withTimeout(Duration.ofMillis(50));

            TaskFuture<Boolean> future = session.submit("wait", WAIT, options);

            assertThat(Thread.interrupted()).isFalse();
            assertThat(future.state()).get().extracting(State::name).isEqualTo("TimedOut");
        }
    }
}
