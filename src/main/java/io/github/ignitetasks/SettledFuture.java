package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.context.SettledUpstream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of another future, as a result. It is Completed once the other has ended in whatever state. In a serialized
 * call, a reference takes its place. Safe to share between threads.
 */
final class SettledFuture<R extends @Nullable Object> extends SettledUpstream implements TaskFuture<State<R>> {
    private static final long serialVersionUID = 1L;

    private final transient TaskFuture<R> upstream;

    SettledFuture(TaskFuture<R> upstream) {
        this.upstream = requireNonNull(upstream, "upstream");
    }

    /** Returns the future of a session, if the other future shows one, so that calls reach that. */
    @Override
    public TaskFuture<?> upstream() {
        return Ends.shownBy(upstream);
    }

    @Override
    public String key() {
        return "settled(" + upstream.key() + ")";
    }

    @Override
    public boolean isDone() {
        return upstream.isDone();
    }

    @Override
    public Optional<State<State<R>>> state() {
        return upstream.state().map(SettledFuture::completed);
    }

    @Override
    public Optional<State<State<R>>> await(Duration timeout) {
        return upstream.await(timeout).map(SettledFuture::completed);
    }

    private static <R extends @Nullable Object> State<State<R>> completed(State<R> end) {
        return new State.Completed<>(end, end.executionInfo());
    }

    @Override
    public TaskFuture<State<State<R>>> settled() {
        return new SettledAlways<>(this);
    }

    @Override
    public Optional<TaskProgress> progress() {
        return upstream.progress();
    }

    @Override
    public boolean cancel() {
        return upstream.cancel();
    }

    @Override
    public boolean release() {
        return upstream.release();
    }

    @Override
    public void whenDone(Consumer<? super State<State<R>>> action) {
        requireNonNull(action, "action");
        upstream.whenDone(end -> action.accept(completed(end)));
    }

    @Override
    public String toString() {
        return key();
    }
}
