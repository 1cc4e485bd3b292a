package io.github.ignitetasks.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Tests what sessions make of a registry that others have used or built. */
final class SharedMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private TaskSession start() {
        return ThreadPoolTaskRunner.withSlots(1)
                .withListener(MetricsObserver.of(registry, Tags.empty()))
                .start();
    }

    @Test
    void othersOfAnEarlierSessionTakeNoNameAway() {
        registry.counter(TaskMeters.SUBMITTED, TaskMeters.TASK, "(others)");

        try (TaskSession session = start()) {
            for (int i = 0; i < SharedMeters.MAX_NAMES; i++) {
                session.submit("key-" + i, () -> 1, CallOptions.none().withName("name-" + i));
            }
        }

        assertThat(registry.find(TaskMeters.SUBMITTED)
                        .tag(TaskMeters.TASK, "(others)")
                        .counters())
                .singleElement()
                .satisfies(counter -> assertThat(counter.count()).isZero());
    }

    @Test
    void registryThatLacksAMethodStopsNoSession() {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                throw new NoSuchMethodError("of an old version");
            }
        });

        try (TaskSession session = start()) {
            assertThat(session.submit("key", () -> 1).result()).isEqualTo(1);
        }
    }
}
