package io.github.ignitetasks.observe;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.internal.opentelemetry.OpenTelemetryTracer;
import io.github.ignitetasks.internal.tracing.TracingListener;
import io.opentelemetry.api.OpenTelemetry;

/**
 * Tracing of tasks by OpenTelemetry: each attempt at a task has a span, which is a child of the span that was current
 * where the task was submitted.
 *
 * <pre>{@code
 * Flow<Integer, Integer> flow = Flow.named("next").body((run, n) -> n + 1);
 * flow.withListener(TaskTracing.of(GlobalOpenTelemetry.get())).run(1);
 * }</pre>
 *
 * <p>The trace context of the submitting thread, baggage included, travels with the call. It is no part of the task's
 * key. Of several submissions of a key, the first counts. A call carries at most 8 fields with 4,096 characters. If they
 * are more, the baggage is left out, and the log warns once.
 *
 * <p>On the node of the session, the given OpenTelemetry makes the spans. Other nodes use their own: that of an agent,
 * or the {@code GlobalOpenTelemetry} that their program sets. A node without it runs the task too, and makes no span.
 * docs/tracing.md lists the attributes of a span.
 *
 * <p>This class needs {@code io.opentelemetry:opentelemetry-api} on the class path, which the library does not bring.
 * Versions before 1.57 can do less, as docs/tracing.md says. An OpenTelemetry without propagators propagates by W3C Trace
 * Context and W3C Baggage. Safe to share between threads.
 */
public final class TaskTracing {
    private TaskTracing() {}

    /**
     * Returns a listener that has the tasks of each session traced. It gets no events. If a runner and a flow have one,
     * that of the flow counts.
     */
    public static TaskListener of(OpenTelemetry openTelemetry) {
        return new TracingListener(OpenTelemetryTracer.of(requireNonNull(openTelemetry, "openTelemetry")));
    }
}
