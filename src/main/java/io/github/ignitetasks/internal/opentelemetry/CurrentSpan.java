package io.github.ignitetasks.internal.opentelemetry;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.tracing.AttemptSpan;
import io.github.ignitetasks.internal.tracing.SpanReference;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Optional;

/**
 * The span of an attempt, which is current on this thread.
 *
 * @param span the span
 * @param scope ends that it is current
 */
record CurrentSpan(Span span, Scope scope) implements AttemptSpan {
    @Override
    public Optional<SpanReference> shown() {
        SpanContext context = span.getSpanContext();
        return context.isValid()
                ? Optional.of(new SpanReference(
                        context.getTraceId(),
                        context.getSpanId(),
                        context.getTraceFlags().asByte()))
                : Optional.empty();
    }

    @Override
    public Optional<SpanReference> recorded() {
        return span.isRecording() ? shown() : Optional.empty();
    }

    @Override
    public void link(List<SpanReference> upstreams) {
        upstreams.forEach(upstream -> span.addLink(SpanContext.createFromRemoteParent(
                upstream.traceId(),
                upstream.spanId(),
                TraceFlags.fromByte(upstream.flags()),
                TraceState.getDefault())));
    }

    @Override
    public void end(Optional<State<?>> state) {
        try {
            scope.close();
        } finally {
            endSpan(state);
        }
    }

    private void endSpan(Optional<State<?>> state) {
        try {
            state.ifPresentOrElse(this::tell, () -> span.setAttribute("ignitetasks.state", "NotRun"));
        } finally {
            span.end();
        }
    }

    /** Tells how the attempt ended, by the failure's texts, because its exception would run user code. */
    private void tell(State<?> state) {
        span.setAttribute("ignitetasks.state", state.type().toString());
        Optional<Failure> failure = state.failure();
        if (failure.isEmpty()) {
            return;
        }
        span.setStatus(StatusCode.ERROR, failure.get().message());
        if (!failure.get().type().isEmpty()) {
            span.setAttribute("error.type", failure.get().type());
        }
        span.addEvent(
                "exception",
                Attributes.builder()
                        .put("exception.type", failure.get().type())
                        .put("exception.message", failure.get().message())
                        .put("exception.stacktrace", failure.get().stackTrace())
                        .build());
    }
}
