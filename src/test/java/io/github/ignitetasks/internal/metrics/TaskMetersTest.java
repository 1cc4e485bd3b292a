package io.github.ignitetasks.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests the times that meters get. */
final class TaskMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TaskMeters meters = new TaskMeters(registry, Tags.empty(), "fetch");

    private double nanos(String meter) {
        return registry.get("ignite.tasks." + meter).timer().totalTime(TimeUnit.NANOSECONDS);
    }

    @Test
    void waitIsTheTimeOutsideOfTheLastAttempt() {
        meters.onEnded(StateType.COMPLETED, 1, 100, 30);

        assertThat(nanos("wait")).isEqualTo(70);
        assertThat(nanos("execution")).isEqualTo(30);
    }

    @Test
    void attemptThatSeemsLongerThanTheTaskHasNoWait() {
        meters.onEnded(StateType.COMPLETED, 1, 100, 130); // another clock measured it

        assertThat(nanos("wait")).isZero();
        assertThat(nanos("execution")).isEqualTo(130);
    }

    @Test
    void taskThatNeverRanWaitedAllTheTime() {
        meters.onEnded(StateType.CANCELLED, 0, 100, 0);

        assertThat(nanos("wait")).isEqualTo(100);
        assertThat(registry.find("ignite.tasks.execution").timer()).isNull();
    }
}
