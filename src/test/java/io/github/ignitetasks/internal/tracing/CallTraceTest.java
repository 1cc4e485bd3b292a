package io.github.ignitetasks.internal.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests that tracers stop no task, whatever they throw. */
final class CallTraceTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final TraceContext CONTEXT = new TraceContext(Map.of("traceparent", PARENT));

    /** A span of a library that is too old: it lacks each method. */
    private static final class OldSpan implements AttemptSpan {
        @Override
        public Optional<SpanReference> shown() {
            throw new NoSuchMethodError("shown");
        }

        @Override
        public Optional<SpanReference> recorded() {
            throw new NoSuchMethodError("recorded");
        }

        @Override
        public void link(List<SpanReference> upstreams) {
            throw new NoSuchMethodError("link");
        }

        @Override
        public void end(Optional<State<?>> state) {
            throw new IllegalStateException("the scope does not close");
        }
    }

    private static final class OldTracer implements TaskTracer {
        @Override
        public TraceContext capture() {
            return TraceContext.EMPTY;
        }

        @Override
        public AttemptSpan start(TraceContext context, AttemptLabel attempt) {
            return new OldSpan();
        }
    }

    @Test
    void spanThatFailsAtEachStepLeavesTheTaskAlone() {
        try (TaskSession session = ThreadPoolTaskRunner.withSlots(1)
                .withListener(new TracingListener(new OldTracer()))
                .start()) {
            TaskFuture<Integer> one = session.submit("one", () -> 1);

            assertThat(session.submit("two", () -> one.result() + 1).result()).isEqualTo(2);
        }
    }

    @Test
    void jvmWhoseTracerCannotBeMadePassesTheContextOn() {
        TaskTracer tracer = CallTrace.arrived(CONTEXT).tracerOf(() -> {
            throw new NoClassDefFoundError("io/opentelemetry/api/OpenTelemetry");
        });

        assertThat(tracer.capture()).isEqualTo(CONTEXT);
    }
}
