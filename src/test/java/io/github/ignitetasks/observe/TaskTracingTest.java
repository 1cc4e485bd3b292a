package io.github.ignitetasks.observe;

import static io.github.ignitetasks.support.RecordedSpans.attribute;
import static io.github.ignitetasks.support.RecordedSpans.describe;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.Task;
import io.github.ignitetasks.local.SequentialTaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.RecordedSpans;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Tests of the spans of tasks on threads of this JVM. */
final class TaskTracingTest {
    private static final CallOptions FETCH = CallOptions.none().withName("fetch");

    private final RecordedSpans spans = new RecordedSpans();
    private final TaskSession session = ThreadPoolTaskRunner.withSlots(2)
            .withListener(TaskTracing.of(spans.openTelemetry()))
            .start();

    @AfterEach
    void close() {
        session.close();
        spans.close();
    }

    @Test
    void attemptHasASpanBelowThatOfItsSubmitter() throws Exception {
        spans.inSpan("submitter", () -> session.submit("a", () -> 1, FETCH).result());

        SpanData submitter = spans.only("submitter");
        SpanData span = spans.only("task fetch");
        assertThat(span.getTraceId()).isEqualTo(submitter.getTraceId());
        assertThat(span.getParentSpanId()).isEqualTo(submitter.getSpanId());
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attribute(span, "ignitetasks.key")).contains("a");
        assertThat(attribute(span, "ignitetasks.task")).contains("fetch");
        assertThat(attribute(span, "ignitetasks.node")).contains("local");
        assertThat(attribute(span, "ignitetasks.state")).contains("Completed");
        assertThat(span.getAttributes().get(AttributeKey.longKey("ignitetasks.attempt")))
                .isEqualTo(1);
    }

    @Test
    void flowGivesItsTasksNameAndFlowRun() throws Exception {
        Task<Integer, Integer> next = Task.named("next").body(n -> n + 1);
        Flow<Integer, Integer> flow = Flow.named("flow")
                .<Integer, Integer>body((run, n) -> run.submit(next, n).result())
                .withListener(TaskTracing.of(spans.openTelemetry()));

        spans.inSpan("submitter", () -> flow.run(1));

        SpanData span = spans.only("task next");
        assertThat(span.getParentSpanId()).isEqualTo(spans.only("submitter").getSpanId());
        assertThat(attribute(span, "ignitetasks.flow_run")).isPresent();
    }

    @Test
    void eachAttemptHasASpanOfItsOwn() throws Exception {
        spans.inSpan(
                "submitter",
                () -> session.submit("a", TaskTracingTest::thirdTime, FETCH.withRetries(2, Duration.ZERO))
                        .result());

        assertThat(spans.named("task fetch"))
                .extracting(span -> span.getAttributes().get(AttributeKey.longKey("ignitetasks.attempt")))
                .containsExactly(1L, 2L, 3L);
        assertThat(spans.named("task fetch"))
                .extracting(span -> span.getStatus().getStatusCode())
                .containsExactly(StatusCode.ERROR, StatusCode.ERROR, StatusCode.UNSET);
        assertThat(spans.named("task fetch"))
                .extracting(SpanData::getParentSpanId)
                .containsOnly(spans.only("submitter").getSpanId());
    }

    private static int thirdTime() {
        int attempt = TaskContext.current().orElseThrow().attempt();
        if (attempt < 3) {
            throw new IllegalStateException("attempt " + attempt);
        }
        return attempt;
    }

    @Test
    void failedAttemptTellsItsException() throws Exception {
        spans.inSpan(
                "submitter",
                () -> session.submit(
                                "a",
                                () -> {
                                    throw new IllegalStateException("no luck");
                                },
                                FETCH)
                        .await());

        SpanData span = spans.only("task fetch");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEqualTo("no luck");
        assertThat(attribute(span, "error.type")).contains("java.lang.IllegalStateException");
        assertThat(attribute(span, "ignitetasks.state")).contains("Failed");
        assertThat(span.getEvents()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("exception");
            assertThat(event.getAttributes().get(AttributeKey.stringKey("exception.stacktrace")))
                    .contains("no luck", "TaskTracingTest");
        });
    }

    @Test
    void spanOfARefusedResultTellsThatTheTaskCrashed() throws Exception {
        TaskFuture<Integer> held = session.submit("held", () -> 1);

        spans.inSpan(
                "submitter",
                () -> session.submit("a", () -> List.of(held), FETCH).await());

        SpanData span = spans.only("task fetch");
        assertThat(attribute(span, "ignitetasks.state")).contains("Crashed");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).contains("its result is refused");
    }

    @Test
    void spanOfAnAttemptWhoseCodeWasNotStartedTellsSo() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(2);
        TaskFuture<Integer> needed = session.submit("needed", () -> 1);
        needed.result(Deadlines.PATIENCE);
        for (int i = 0; i < 2; i++) {
            session.submit("blocks-" + i, () -> {
                running.countDown();
                gate.await();
                return 1;
            });
        }
        running.await();
        TaskFuture<Integer> needs = spans.inSpan("submitter", () -> session.submit("needs", needed::result, FETCH));
        assertThat(needed.release()).isTrue();
        gate.countDown();
        needs.await(Deadlines.PATIENCE);

        assertThat(attribute(spans.only("task fetch"), "ignitetasks.state")).contains("NotRun");
    }

    @Test
    void spanOfAnAttemptThatTimedOutTellsSoThoughItsCodeReturned() throws Exception {
        CountDownLatch never = new CountDownLatch(1);

        spans.inSpan(
                "submitter",
                () -> session.submit(
                                "a",
                                () -> {
                                    try {
                                        never.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    return 1;
                                },
                                FETCH.withTimeout(Deadlines.GLIMPSE))
                        .await());

        assertThat(attribute(spans.only("task fetch"), "error.type")).contains("java.util.concurrent.TimeoutException");
    }

    @Test
    void cancelledAttemptIsNoError() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskFuture<Integer> future = spans.inSpan(
                "submitter",
                () -> session.submit(
                        "a",
                        () -> {
                            started.countDown();
                            never.await();
                            return 1;
                        },
                        FETCH));
        started.await();

        future.cancel();

        SpanData span = spans.only("task fetch");
        assertThat(attribute(span, "ignitetasks.state")).contains("Cancelled");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void dependentsSpanLinksToThoseOfTheLastAttemptsOfItsUpstreams() throws Exception {
        spans.inSpan("submitter", () -> {
            TaskFuture<Integer> one =
                    session.submit("one", () -> 1, CallOptions.none().withName("one"));
            TaskFuture<Integer> two = session.submit(
                    "two",
                    TaskTracingTest::thirdTime,
                    CallOptions.none().withName("two").withRetries(2, Duration.ZERO));
            return session.submit("sum", () -> one.result() + two.result(), FETCH)
                    .result();
        });

        assertThat(spans.only("task fetch").getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactlyInAnyOrder(
                        spans.only("task one").getSpanId(),
                        spans.named("task two").get(2).getSpanId());
    }

    @Test
    void taskSeesTheBaggageOfItsSubmitter() throws Exception {
        String seen = spans.inSpan(
                "submitter",
                () -> session.submit("a", () -> Baggage.current().getEntryValue("user"))
                        .result());

        assertThat(seen).isEqualTo("größe");
    }

    @Test
    void baggageThatIsTooLargeIsLeftOutAndTheSpanHasItsParentAllTheSame() throws Exception {
        String seen = spans.inSpan("submitter", () -> {
            Baggage large = Baggage.builder().put("large", "x".repeat(5_000)).build();
            return Context.current()
                    .with(large)
                    .wrap(() -> session.submit(
                                    "a", () -> "seen " + Baggage.current().getEntryValue("large"), FETCH)
                            .result())
                    .call();
        });

        assertThat(seen).isEqualTo("seen null");
        assertThat(spans.only("task fetch").getParentSpanId())
                .isEqualTo(spans.only("submitter").getSpanId());
    }

    @Test
    void taskThatATaskSubmitsHasASpanBelowThatOfItsSubmitter() throws Exception {
        String user = spans.inSpan(
                "submitter",
                () -> session.submit(
                                "outer",
                                () -> TaskContext.current()
                                        .orElseThrow()
                                        .submit("inner", () -> Baggage.current().getEntryValue("user"))
                                        .result(),
                                FETCH)
                        .result());

        SpanData inner = spans.only("task");
        assertThat(inner.getParentSpanId()).isEqualTo(spans.only("task fetch").getSpanId());
        assertThat(user).isEqualTo("größe");
    }

    @Test
    void codeAndLinesOfATaskSeeItsSpan() throws Exception {
        String seen = spans.inSpan(
                "submitter",
                () -> session.submit(
                                "a",
                                () -> RecordedSpans.current() + " " + MDC.get("trace_id") + "/" + MDC.get("span_id"),
                                FETCH)
                        .result());

        String span = describe(spans.only("task fetch").getSpanContext());
        assertThat(seen).isEqualTo(span + " " + span);
    }

    @Test
    void submittersThreadHasItsSpanAndItsMdcAgainAfterATaskRanOnIt() throws Exception {
        try (TaskSession sequential = SequentialTaskRunner.create()
                .withListener(TaskTracing.of(spans.openTelemetry()))
                .start()) {
            spans.inSpan("submitter", () -> {
                String before = RecordedSpans.current();
                MDC.put("trace_id", "mine");

                sequential.submit("a", () -> 1, FETCH).result();

                assertThat(RecordedSpans.current()).isEqualTo(before);
                assertThat(MDC.get("trace_id")).isEqualTo("mine");
                assertThat(MDC.get("span_id")).isNull();
                return 1;
            });
        } finally {
            MDC.clear();
        }
        assertThat(spans.only("task fetch").getParentSpanId())
                .isEqualTo(spans.only("submitter").getSpanId());
    }

    @Test
    void taskThatIsSubmittedOutsideOfASpanBeginsATrace() {
        session.submit("a", () -> 1, FETCH).result();

        assertThat(spans.only("task fetch").getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void firstSubmissionOfAKeyCounts() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        TaskFuture<Integer> first = spans.inSpan(
                "first",
                () -> session.submit(
                        "a",
                        () -> {
                            go.await();
                            return 1;
                        },
                        FETCH));
        spans.inSpan("second", () -> session.submit("a", () -> 2, FETCH));
        go.countDown();
        first.result();

        assertThat(spans.only("task fetch").getParentSpanId())
                .isEqualTo(spans.only("first").getSpanId());
    }

    @Test
    void runnerWithoutTheListenerMakesNoSpansAndCarriesNothing() throws Exception {
        try (TaskSession untraced = ThreadPoolTaskRunner.withSlots(1).start()) {
            String seen = spans.inSpan(
                    "submitter",
                    () -> untraced.submit("a", () -> RecordedSpans.current() + " " + MDC.get("trace_id"), FETCH)
                            .result());

            assertThat(seen).isEqualTo("0".repeat(32) + "/" + "0".repeat(16) + " null");
            assertThat(spans.named("task fetch")).isEmpty();
        }
    }

    @Test
    void traceIsNoPartOfAKey() throws Exception {
        Task<String, String> body = Task.named("read").body(text -> RecordedSpans.current());
        Task<String, String> task = body.keyedByInput("1");
        Flow<String, String> flow =
                Flow.named("flow").body((run, text) -> run.submit(task, text).key());

        String traced = spans.inSpan(
                "submitter",
                () -> flow.withListener(TaskTracing.of(spans.openTelemetry())).run("text"));

        assertThat(traced).isEqualTo(flow.run("text"));
    }

    @Test
    void tracerThatFailsLeavesTheTaskAlone() {
        OpenTelemetry broken = new OpenTelemetry() {
            @Override
            public TracerProvider getTracerProvider() {
                throw new IllegalStateException("broken tracers");
            }

            @Override
            public ContextPropagators getPropagators() {
                return ContextPropagators.noop();
            }
        };
        try (TaskSession other = ThreadPoolTaskRunner.withSlots(1)
                .withListener(TaskTracing.of(broken))
                .start()) {
            assertThat(other.submit("a", () -> 1, FETCH).await().type()).isEqualTo(StateType.COMPLETED);
        }
    }

    @Test
    void openTelemetryWithoutPropagatorsPropagatesByW3C() throws Exception {
        OpenTelemetry silent = new OpenTelemetry() {
            @Override
            public TracerProvider getTracerProvider() {
                return spans.openTelemetry().getTracerProvider();
            }

            @Override
            public ContextPropagators getPropagators() {
                return ContextPropagators.noop();
            }
        };
        try (TaskSession other = ThreadPoolTaskRunner.withSlots(1)
                .withListener(TaskTracing.of(silent))
                .start()) {
            spans.inSpan("submitter", () -> other.submit("a", () -> 1, FETCH).result());
        }

        assertThat(spans.only("task fetch").getParentSpanId())
                .isEqualTo(spans.only("submitter").getSpanId());
    }
}
