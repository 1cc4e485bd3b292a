package io.github.ignitetasks.internal.tracing;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trace of a call: its context, and the tracer that its submitter gave. Immutable, safe to share.
 *
 * @param context the trace context of its submitter
 * @param given the tracer of its submitter; null outside the submitter's JVM, where the call is traced by what that JVM
 *     has
 */
public record CallTrace(TraceContext context, @Nullable TaskTracer given) {
    private static final Logger LOG = LoggerFactory.getLogger(CallTrace.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    /** Returns the trace of a call that this thread submits; empty if the tracer fails. */
    public static Optional<CallTrace> capture(TaskTracer tracer) {
        try {
            return Optional.of(new CallTrace(tracer.capture(), tracer));
        } catch (RuntimeException | LinkageError e) {
            warn(e);
            return Optional.empty();
        }
    }

    /** Returns the trace of a call that has arrived in this JVM. */
    public static CallTrace arrived(TraceContext context) {
        return new CallTrace(context, null);
    }

    /** Returns the tracer of the call in this JVM. If that of the JVM cannot be made, nobody records the call's spans. */
    public TaskTracer tracer() {
        return given == null ? tracerOf(JvmTracer::find) : given;
    }

    /** Returns the tracer that is found; otherwise, also if finding fails, one that passes the context on. */
    TaskTracer tracerOf(Supplier<Optional<TaskTracer>> jvm) {
        Optional<TaskTracer> found = Optional.empty();
        try {
            found = jvm.get();
        } catch (RuntimeException | LinkageError e) {
            warn(e);
        }
        return found.orElseGet(() -> new UnrecordedTrace(context));
    }

    /** Starts the span of an attempt on this thread. A tracer that fails makes no span. The span never throws. */
    public AttemptSpan start(AttemptLabel attempt) {
        try {
            return new GuardedSpan(tracer().start(context, attempt));
        } catch (RuntimeException | LinkageError e) {
            warn(e);
            return AttemptSpan.NONE;
        }
    }

    private static void warn(Throwable problem) {
        if (WARNED.compareAndSet(false, true)) {
            LOG.warn("a task is not traced, because the tracer failed; further failures are not logged", problem);
        }
    }
}
