package io.github.ignitetasks.internal.tracing;

import java.util.Optional;

/** The trace of a call in a JVM without a tracer. Nobody records its spans, and its context is passed on as it came. */
record UnrecordedTrace(TraceContext context) implements TaskTracer {
    @Override
    public TraceContext capture() {
        return context;
    }

    @Override
    public AttemptSpan start(TraceContext submitters, AttemptLabel attempt) {
        return new AttemptSpan() {
            @Override
            public Optional<SpanReference> shown() {
                return submitters.span();
            }
        };
    }
}
