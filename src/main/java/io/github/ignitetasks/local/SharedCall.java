package io.github.ignitetasks.local;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.codec.FutureReference;
import io.github.ignitetasks.internal.codec.FutureSearch;
import io.github.ignitetasks.internal.context.SessionFuture;
import io.github.ignitetasks.internal.execution.CallNotRunException;
import io.github.ignitetasks.internal.execution.CallSource;
import io.github.ignitetasks.internal.execution.Outcome;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.tracing.SpanReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a call itself, not a copy, until its state is final. Safe to share between threads. */
class SharedCall<R extends @Nullable Object> implements CallSource<R> {
    private volatile @Nullable TaskCall<R> call;
    private volatile List<KeyedFuture<?>> upstreams;
    private volatile Set<TaskFuture<?>> settled;
    private volatile ClassLoader loader;
    private final KeyedSession session;

    /**
     * Takes a call.
     *
     * @param upstreams the futures that it reaches
     * @param settled those of which it reaches only the end
     * @param loader the loader of its code
     */
    SharedCall(
            KeyedSession session,
            TaskCall<R> call,
            List<KeyedFuture<?>> upstreams,
            Set<TaskFuture<?>> settled,
            ClassLoader loader) {
        this.session = session;
        this.call = call;
        this.upstreams = upstreams;
        this.settled = settled;
        this.loader = loader;
    }

    /** Drops the call and everything that it captured. */
    void letGo() {
        call = null;
        upstreams = List.of();
        settled = Set.of();
        loader = ClassLoader.getSystemClassLoader();
    }

    /** Returns the span in which the result was computed; empty if nobody recorded one. */
    Optional<SpanReference> span() {
        return Optional.empty();
    }

    @Override
    public final TaskCall<R> call() throws CallNotRunException {
        for (KeyedFuture<?> upstream : upstreams) {
            if (upstream.isReleased() && !isEndAlone(upstream)) {
                throw new CallNotRunException(new Outcome.UpstreamsGone(List.of(upstream.key())));
            }
        }
        TaskCall<R> known = call;
        if (known == null) {
            throw new IllegalStateException("this attempt came too late: the task has ended");
        }
        return known;
    }

    /**
     * Returns the outcome; Crashed if the result holds futures. Local sessions refuse such results because grids cannot
     * carry them.
     */
    @Override
    public Outcome.Ended<R> write(State<R> state, Optional<SpanReference> ofAttempt) {
        List<TaskFuture<?>> held =
                state.isCompleted() ? FutureSearch.in(state.result()).futures() : List.of();
        return new Outcome.Ended<>(
                held.isEmpty()
                        ? state
                        : new State.Crashed<>(
                                Failure.ofText("", "its result is refused: " + FutureReference.inResult(held), ""),
                                state.executionInfo()));
    }

    /** Returns whether the call needs only the end of an upstream, which had no result: then it has all of it. */
    private boolean isEndAlone(KeyedFuture<?> upstream) {
        return settled.contains(upstream)
                && upstream.state().filter(state -> !state.isCompleted()).isPresent();
    }

    @Override
    public final ClassLoader loader() {
        return loader;
    }

    @Override
    public final List<KeyedFuture<?>> upstreams() {
        return upstreams;
    }

    @Override
    public final Optional<TaskSession> session() {
        return Optional.of(session);
    }

    /**
     * Returns whether a future is of the same session: then it exists in this JVM, even if it was not found in the
     * call.
     */
    @Override
    public final boolean mayWaitFor(SessionFuture future) {
        return future instanceof KeyedFuture<?> keyed && keyed.session() == session;
    }
}
