package io.github.ignitetasks.local;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.internal.execution.Outcome;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.tracing.CallTrace;
import io.github.ignitetasks.internal.tracing.SpanReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A call that is traced. After its end it keeps only the span of its result, to which its dependents link. Safe to share between threads. */
final class TracedCall<R extends @Nullable Object> extends SharedCall<R> {
    private volatile @Nullable CallTrace trace;
    private volatile @Nullable SpanReference span;

    TracedCall(
            KeyedSession session,
            TaskCall<R> call,
            List<KeyedFuture<?>> upstreams,
            Set<TaskFuture<?>> settled,
            ClassLoader loader,
            CallTrace trace) {
        super(session, call, upstreams, settled, loader);
        this.trace = trace;
    }

    @Override
    void letGo() {
        super.letGo();
        trace = null;
    }

    /** Returns the trace; empty once the task has ended. */
    @Override
    public Optional<CallTrace> trace() {
        return Optional.ofNullable(trace);
    }

    @Override
    public Outcome.Ended<R> write(State<R> state, Optional<SpanReference> ofAttempt) {
        span = ofAttempt.orElse(null);
        return super.write(state, ofAttempt);
    }

    @Override
    Optional<SpanReference> span() {
        return Optional.ofNullable(span);
    }

    @Override
    public List<SpanReference> upstreamSpans() {
        return upstreams().stream()
                .flatMap(upstream -> upstream instanceof LocalFuture<?> local ? local.span().stream() : Stream.empty())
                .limit(MAX_LINKS)
                .toList();
    }
}
