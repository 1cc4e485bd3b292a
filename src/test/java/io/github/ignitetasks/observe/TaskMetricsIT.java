package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.metrics.MetricsObserver;
import io.github.ignitetasks.support.Gate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.ignite.Ignite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the meters of sessions on a grid. */
final class TaskMetricsIT {
    @TempDir
    private static Path folder;

    private static TestGrid grid;
    private static Ignite node;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    /** Starts a session whose gauges are as new as possible. */
    private TaskSession startSession() {
        return IgniteTaskRunner.builder()
                .ignite(node)
                .listener(new MetricsObserver(registry, Tags.empty(), Duration.ZERO))
                .build()
                .start();
    }

    @BeforeAll
    static void start() {
        grid = TestGrid.start(folder.resolve("grid"), 1);
        node = grid.node(0);
    }

    @AfterAll
    static void stop() {
        grid.close();
    }

    private static CallOptions named(String name) {
        return CallOptions.none().withName(name);
    }

    private double count(String meter, String... tags) {
        return registry.get("ignite.tasks." + meter).tags(tags).counter().count();
    }

    private double gauge(String meter, String... tags) {
        return registry.get("ignite.tasks." + meter).tags(tags).gauge().value();
    }

    private void awaitGauge(double value, String meter, String... tags) {
        await().atMost(Deadlines.PATIENCE)
                .untilAsserted(() -> assertThat(gauge(meter, tags)).isEqualTo(value));
    }

    @Test
    void metersTellWhatTheGridDoes(@TempDir Path gates) {
        Gate gate = Gate.in(gates);
        try (TaskSession session = startSession()) {
            TaskFuture<Integer> held = session.submit("held", () -> passed(gate), named("held"));
            session.submit("dependent", () -> held.result(), named("dependent"));

            awaitGauge(1, "running", "task", "held");
            awaitGauge(1, "waiting", "task", "dependent");
            assertThat(gauge("nodes")).isEqualTo(1);
            assertThat(gauge("slots")).isEqualTo(Runtime.getRuntime().availableProcessors());
            assertThat(gauge("connected")).isEqualTo(1);
            assertThat(gauge("records.bytes")).isPositive();
            double before = gauge("records");
            gate.open();
            awaitGauge(before + 2, "records");
            awaitGauge(0, "running", "task", "held");
        }
        assertThat(registry.get("ignite.tasks.execution")
                        .tag("task", "held")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.find("ignite.tasks.nodes").gauge()).isNull();
    }

    private static int passed(Gate gate) throws InterruptedException {
        gate.pass();
        return 1;
    }

    @Test
    void stateThatTheGridHadCountsAsFound() {
        try (TaskSession session = startSession()) {
            session.submit("found", () -> 1, named("find")).result(Deadlines.PATIENCE);
        }
        try (TaskSession session = startSession()) {
            session.submit("found", () -> 1, named("find")).result(Deadlines.PATIENCE);
        }

        assertThat(count("submitted", "task", "find")).isEqualTo(2);
        assertThat(count("deduplicated", "task", "find", "kind", "found")).isEqualTo(1);
        assertThat(count("deduplicated", "task", "find", "kind", "joined")).isZero();
        assertThat(registry.get("ignite.tasks.wait").timer().count()).isEqualTo(1);
    }

    @Test
    void nodeThatTwoSessionsUseCountsOnce() {
        try (TaskSession one = startSession();
                TaskSession two = startSession()) {
            one.submit("one", () -> 1).result(Deadlines.PATIENCE);
            two.submit("two", () -> 1).result(Deadlines.PATIENCE);

            awaitGauge(1, "nodes");
            awaitGauge(Runtime.getRuntime().availableProcessors(), "slots");
        }
    }
}
