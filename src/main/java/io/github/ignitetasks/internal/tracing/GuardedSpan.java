package io.github.ignitetasks.internal.tracing;

import io.github.ignitetasks.State;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A span whose failures stop no task. Its tracer may be of users, and its library may be older than the one that this
 * library was compiled with. The first failure is logged.
 *
 * @param span the span
 */
record GuardedSpan(AttemptSpan span) implements AttemptSpan {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedSpan.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    @Override
    public Optional<SpanReference> shown() {
        return orEmpty(span::shown);
    }

    @Override
    public Optional<SpanReference> recorded() {
        return orEmpty(span::recorded);
    }

    @Override
    public void link(List<SpanReference> upstreams) {
        guard(() -> span.link(upstreams));
    }

    @Override
    public void end(Optional<State<?>> state) {
        guard(() -> span.end(state));
    }

    private static Optional<SpanReference> orEmpty(Supplier<Optional<SpanReference>> reference) {
        try {
            return reference.get();
        } catch (RuntimeException | LinkageError e) {
            warn(e);
            return Optional.empty();
        }
    }

    private static void guard(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | LinkageError e) {
            warn(e);
        }
    }

    private static void warn(Throwable problem) {
        if (WARNED.compareAndSet(false, true)) {
            LOG.warn(
                    "the span of a task is not complete, because its tracer failed; further failures are not logged",
                    problem);
        }
    }
}
