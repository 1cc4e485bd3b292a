package io.github.ignitetasks.internal.tracing;

import io.github.ignitetasks.TaskListener;

/**
 * A listener that has the tasks of sessions traced. It gets no events.
 *
 * @param tracer traces them
 */
public record TracingListener(TaskTracer tracer) implements TaskListener {}
