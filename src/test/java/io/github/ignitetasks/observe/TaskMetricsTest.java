package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.metrics.MetricsObserver;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.CapturedLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests the meters of sessions on threads of this JVM. */
final class TaskMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    /** A listener whose gauges are as new as possible. */
    private final TaskListener fresh = new MetricsObserver(registry, Tags.empty(), Duration.ZERO);

    private static TaskSession start(TaskListener listener) {
        return ThreadPoolTaskRunner.withSlots(2).withListener(listener).start();
    }

    private static CallOptions named(String name) {
        return CallOptions.none().withName(name);
    }

    private double count(String meter, String... tags) {
        return registry.get("ignite.tasks." + meter).tags(tags).counter().count();
    }

    private long times(String meter, String... tags) {
        return registry.get("ignite.tasks." + meter).tags(tags).timer().count();
    }

    private double gauge(String meter, String... tags) {
        return registry.get("ignite.tasks." + meter).tags(tags).gauge().value();
    }

    private void awaitGauge(double value, String meter, String... tags) {
        await().atMost(Deadlines.PATIENCE)
                .untilAsserted(() -> assertThat(gauge(meter, tags)).isEqualTo(value));
    }

    @Test
    void endedTasksCountByNameAndState() {
        try (TaskSession session = start(TaskMetrics.to(registry))) {
            TaskFuture<Integer> bad = session.submit("bad", () -> Integer.parseInt("x"), named("parse"));
            session.submit("good", () -> 1, named("parse"));
            session.submit("never", () -> bad.result(), named("next"));
            session.submit("nameless", () -> 2);
        }

        assertThat(count("submitted", "task", "parse")).isEqualTo(2);
        assertThat(times("execution", "task", "parse", "state", "completed")).isEqualTo(1);
        assertThat(times("execution", "task", "parse", "state", "failed")).isEqualTo(1);
        assertThat(times("wait", "task", "parse", "state", "failed")).isEqualTo(1);
        assertThat(times("wait", "task", "next", "state", "not-ready")).isEqualTo(1);
        assertThat(registry.find("ignite.tasks.execution").tag("task", "next").timer())
                .isNull();
        assertThat(count("submitted", "task", "(unnamed)")).isEqualTo(1);
    }

    private static int awaitLatch(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(Deadlines.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return 1;
    }

    private static int failTwice() {
        if (TaskContext.current().orElseThrow().attempt() < 3) {
            throw new IllegalArgumentException("not yet");
        }
        return 3;
    }

    @Test
    void attemptsAfterFailedOnesCountAsRetries() {
        try (TaskSession session = start(TaskMetrics.to(registry))) {
            session.submit("often", () -> failTwice(), named("often").withRetries(5, Duration.ZERO));
        }

        assertThat(count("retries", "task", "often")).isEqualTo(2);
        assertThat(times("execution", "task", "often")).isEqualTo(1);
    }

    @Test
    void submissionOfAKnownKeyCountsAsJoined() {
        try (TaskSession session = start(TaskMetrics.to(registry))) {
            session.submit("key", () -> 1, named("fetch"));
            session.submit("key", () -> 1, named("fetch"));
            assertThat(session.trySubmit("key", () -> 1, named("fetch"))).isPresent();
            assertThat(session.find("key")).isPresent();
        }

        assertThat(count("deduplicated", "task", "fetch", "kind", "joined")).isEqualTo(2);
        assertThat(count("deduplicated", "task", "fetch", "kind", "found")).isZero();
        assertThat(count("submitted", "task", "fetch")).isEqualTo(1);
    }

    @Test
    void valuesCountAsNoTasks() {
        try (TaskSession session = start(TaskMetrics.to(registry))) {
            session.complete("given", 1);
            session.complete("given", 1);
            session.share("shared", 2);
        }

        assertThat(registry.find("ignite.tasks.submitted").counter()).isNull();
        assertThat(registry.find("ignite.tasks.wait").timer()).isNull();
    }

    @Test
    void namesAfterTheFirstHundredCountAsOthersInLaterSessionsToo() {
        for (int round = 0; round < 2; round++) {
            try (TaskSession session = start(TaskMetrics.to(registry))) {
                for (int i = 0; i < 130; i++) {
                    session.submit("key-" + round + "-" + i, () -> 1, named("name-" + round + "-" + i));
                }
            }
        }

        Map<String, Double> submitted = registry.get("ignite.tasks.submitted").counters().stream()
                .collect(Collectors.toMap(counter -> counter.getId().getTag("task"), counter -> counter.count()));
        assertThat(submitted).hasSize(101).containsEntry("(others)", 160.0).containsEntry("name-0-99", 1.0);
    }

    @Test
    void gaugesTellWhatATaskDoes() {
        CountDownLatch go = new CountDownLatch(1);
        try (TaskSession session = start(fresh)) {
            TaskFuture<Integer> first = session.submit("first", () -> awaitLatch(go), named("hold"));
            session.submit("second", () -> awaitLatch(go), named("hold"));
            session.submit("third", () -> awaitLatch(go), named("hold"));
            session.submit("next", () -> first.result(), named("next"));

            awaitGauge(2, "running", "task", "hold");
            awaitGauge(1, "queued", "task", "hold");
            awaitGauge(1, "waiting", "task", "next");
            assertThat(gauge("running", "task", "next")).isZero();
            assertThat(gauge("retrying", "task", "hold")).isZero();
            assertThat(gauge("slots")).isEqualTo(2);
            assertThat(gauge("nodes")).isEqualTo(1);
            assertThat(gauge("connected")).isEqualTo(1);
            assertThat(gauge("records")).isNaN(); // this runner keeps none
            go.countDown();
            awaitGauge(0, "running", "task", "hold");
            awaitGauge(0, "waiting", "task", "next");
        }
    }

    @Test
    void gaugesOfOtherNamesAreSummedUp() {
        CountDownLatch go = new CountDownLatch(1);
        try (TaskSession session = start(fresh)) {
            for (int i = 0; i < 100; i++) {
                session.submit("short-" + i, () -> 1, named("name-" + i)).result(Deadlines.PATIENCE);
            }
            session.submit("a", () -> awaitLatch(go), named("a"));
            session.submit("b", () -> awaitLatch(go), named("b"));

            awaitGauge(2, "running", "task", "(others)");
            go.countDown();
        }
    }

    @Test
    void gaugesOfSeveralSessionsAreSumsUntilTheLastCloses() {
        try (TaskSession one = start(fresh)) {
            try (TaskSession two = start(fresh)) {
                two.submit("two", () -> 1, named("fetch"));
                awaitGauge(4, "slots");
            }
            one.submit("one", () -> 1, named("fetch"));
            awaitGauge(2, "slots");
        }

        assertThat(registry.getMeters().stream().filter(Gauge.class::isInstance).map(Meter::getId))
                .isEmpty();
        assertThat(count("submitted", "task", "fetch")).isEqualTo(2);
        try (TaskSession three = start(fresh)) {
            three.submit("three", () -> 1, named("fetch"));
            awaitGauge(2, "slots");
        }
        assertThat(count("submitted", "task", "fetch")).isEqualTo(3);
    }

    @Test
    void tagsTellRunnersApart() {
        try (TaskSession one = start(TaskMetrics.to(registry, Tags.of("runner", "one")));
                TaskSession two = start(TaskMetrics.to(registry, Tags.of("runner", "two")))) {
            one.submit("key", () -> 1, named("fetch"));
            two.submit("key", () -> 1, named("fetch"));
            two.submit("key 2", () -> 1, named("fetch"));
            assertThat(gauge("connected", "runner", "one")).isEqualTo(1);
        }

        assertThat(count("submitted", "runner", "one")).isEqualTo(1);
        assertThat(count("submitted", "runner", "two")).isEqualTo(2);
    }

    @Test
    void tagWithAKeyOfTheLibraryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskMetrics.to(registry, Tags.of("state", "mine")))
                .withMessageContaining("'state'");
    }

    @Test
    void registryThatRefusesMetersStopsNoTask() {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                throw new IllegalStateException("no more meters");
            }
        });
        try (CapturedLog log = CapturedLog.of("io.github.ignitetasks.internal.metrics.SessionMeters")) {
            try (TaskSession session = start(TaskMetrics.to(registry))) {
                assertThat(session.submit("key", () -> 1).result(Deadlines.PATIENCE))
                        .isEqualTo(1);
            }
            assertThat(log.messages().get(0)).contains("the registry refused a meter");
        }
    }

    @Test
    void listenersOfOneRegistryAreEqual() {
        assertThat(TaskMetrics.to(registry)).isEqualTo(TaskMetrics.to(registry));
        assertThat(TaskMetrics.to(registry)).isNotEqualTo(TaskMetrics.to(new SimpleMeterRegistry()));
    }
}
