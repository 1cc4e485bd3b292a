package io.github.ignitetasks.observe;

import static io.github.ignitetasks.support.RecordedSpans.describe;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.RecordedSpans;
import io.github.ignitetasks.support.ServerMain;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import java.io.File;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests of the spans of tasks on grids: on a node of this JVM, on one of another, and on one without OpenTelemetry. */
final class TaskTracingIT {
    private static final CallOptions FETCH = CallOptions.none().withName("fetch");
    private static final CallOptions SUM = CallOptions.none().withName("sum");
    private static final AtomicInteger KEYS = new AtomicInteger();

    private static Cluster here;
    private static Cluster there;

    private final RecordedSpans spans = new RecordedSpans();

    @BeforeAll
    static void start() {
        here = LocalCluster.builder().nodes(1).processes(false).build().start();
        there = LocalCluster.builder().nodes(1).slotsPerNode(2).build().start();
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
    }

    @AfterEach
    void close() {
        spans.close();
    }

    private TaskSession on(Cluster cluster) {
        return IgniteTaskRunner.builder()
                .cluster(cluster)
                .listener(TaskTracing.of(spans.openTelemetry()))
                .build()
                .start();
    }

    private static String key() {
        return "key-" + KEYS.incrementAndGet();
    }

    @Test
    void nodeOfThisJvmUsesTheOpenTelemetryOfTheRunner() throws Exception {
        try (TaskSession session = on(here)) {
            String logged = spans.inSpan(
                    "submitter",
                    () -> session.submit(key(), TracedTasks::logged, FETCH).result());

            assertThat(logged).isEqualTo(describe(spans.only("task fetch").getSpanContext()));
        }
        assertThat(spans.only("task fetch").getParentSpanId())
                .isEqualTo(spans.only("submitter").getSpanId());
    }

    @Test
    void spanOfAResultThatCannotBeWrittenTellsThatTheTaskCrashed() throws Exception {
        try (TaskSession session = on(here)) {
            spans.inSpan(
                    "submitter",
                    () -> session.<Object>submit(key(), Object::new, FETCH).await());
        }

        assertThat(spans.only("task fetch").getAttributes().get(AttributeKey.stringKey("ignitetasks.state")))
                .isEqualTo("Crashed");
        assertThat(spans.only("task fetch").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void dependentsSpanLinksToThoseOfItsUpstreamsAlsoInAnotherSession() throws Exception {
        String key = key();
        spans.inSpan("first", () -> {
            try (TaskSession session = on(here)) {
                return session.submit(key, () -> 1, FETCH).result();
            }
        });

        spans.inSpan("second", () -> {
            try (TaskSession session = on(here)) {
                TaskFuture<Integer> found = session.submit(key, () -> 2, FETCH);
                return session.submit(key(), () -> found.result() + 1, SUM).result();
            }
        });

        assertThat(spans.only("task sum").getLinks())
                .extracting(link -> describe(link.getSpanContext()))
                .containsExactly(describe(spans.only("task fetch").getSpanContext()));
    }

    @Test
    void taskThatATaskSubmitsHasASpanBelowThatOfItsSubmitter() throws Exception {
        try (TaskSession session = on(here)) {
            spans.inSpan(
                    "submitter",
                    () -> session.submit(key(), TracedTasks::loggedByInner, FETCH)
                            .result());
        }

        assertThat(spans.only("task").getParentSpanId())
                .isEqualTo(spans.only("task fetch").getSpanId());
    }

    @Test
    void nodeWithAGlobalOpenTelemetryMakesTheSpans() throws Exception {
        try (TaskSession session = on(there)) {
            session.submit(key(), NodeSpans::install).result();
            String one = key();
            String seen = spans.inSpan("submitter", () -> {
                TaskFuture<String> first = session.submit(one, NodeSpans::seen, FETCH);
                return session.submit(key(), () -> first.result(), SUM).result();
            });
            List<String> made =
                    session.submit(key(), NodeSpans::takeAndUninstall).result();

            String parent = spans.only("submitter").getSpanId();
            assertThat(seen).isEqualTo("größe true");
            assertThat(made).hasSize(2);
            String fetch = made.get(0).replaceFirst(".* ", "");
            assertThat(made.get(0)).isEqualTo("task fetch " + parent + " > " + fetch);
            assertThat(made.get(1)).startsWith("task sum " + parent + " > ").endsWith(", " + fetch);
            assertThat(spans.named("task fetch")).isEmpty();
        }
    }

    @Test
    void nodeWithTheApiAlonePassesTheContextOn() throws Exception {
        try (TaskSession session = on(there)) {
            String seen = spans.inSpan(
                    "submitter",
                    () -> session.submit(key(), NodeSpans::seen, FETCH).result());
            String logged = spans.inSpan(
                    "logging",
                    () -> session.submit(key(), TracedTasks::loggedByInner, FETCH)
                            .result());

            assertThat(seen).isEqualTo("größe false");
            assertThat(logged).isEqualTo(describe(spans.only("logging").getSpanContext()));
        }
    }

    @Test
    void nodeWithoutOpenTelemetryRunsTasksWhoseLinesHaveTheSubmittersSpan() throws Exception {
        String path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("opentelemetry"))
                .collect(joining(File.pathSeparator));
        List<String> options = List.of("@" + System.getProperty("jvm.opens.file"), "-cp", path);
        try (ChildJvm server = ChildJvm.start(options, ServerMain.class)) {
            server.writeLine("start");
            String address = server.awaitLine("address ");
            try (TaskSession session = IgniteTaskRunner.builder()
                    .address(address)
                    .listener(TaskTracing.of(spans.openTelemetry()))
                    .build()
                    .start()) {
                assertThat(session.submit(key(), TracedTasks.hasApi()).result()).isFalse();

                String logged = spans.inSpan("submitter", () -> {
                    TaskFuture<String> first = session.submit(key(), TracedTasks.innerCall(), FETCH);
                    return session.submit(key(), TracedTasks.resultOf(first), SUM)
                            .result();
                });

                assertThat(logged).isEqualTo(describe(spans.only("submitter").getSpanContext()));
            }
        }
    }

    @Test
    void callsOfASessionWithoutTheListenerHaveNoTrace() throws Exception {
        try (TaskSession session =
                IgniteTaskRunner.builder().cluster(here).build().start()) {
            String logged = spans.inSpan(
                    "submitter",
                    () -> session.submit(key(), TracedTasks::logged, FETCH).result());

            assertThat(logged).isEqualTo("null/null");
        }
    }
}
