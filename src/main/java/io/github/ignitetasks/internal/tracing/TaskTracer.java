package io.github.ignitetasks.internal.tracing;

/** A tracer of tasks: it takes the trace context of a thread, and makes the spans of attempts. Safe to share between threads. */
public interface TaskTracer {
    /** Returns the trace context of this thread. */
    TraceContext capture();

    /** Starts the span of an attempt, and makes it current on this thread until it ends. */
    AttemptSpan start(TraceContext context, AttemptLabel attempt);
}
