package io.github.ignitetasks;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of a future that always completes, as a result. Safe to share between threads. */
final class SettledAlways<T extends @Nullable Object> implements TaskFuture<State<T>> {
    private static final long serialVersionUID = 1L;

    private final TaskFuture<T> future;

    SettledAlways(TaskFuture<T> future) {
        this.future = future;
    }

    @Override
    public String key() {
        return "settled(" + future.key() + ")";
    }

    @Override
    public boolean isDone() {
        return future.isDone();
    }

    @Override
    public Optional<State<State<T>>> state() {
        return future.state().map(SettledAlways::completed);
    }

    @Override
    public Optional<State<State<T>>> await(Duration timeout) {
        return future.await(timeout).map(SettledAlways::completed);
    }

    private static <T extends @Nullable Object> State<State<T>> completed(State<T> end) {
        return new State.Completed<>(end, end.executionInfo());
    }

    @Override
    public Optional<TaskProgress> progress() {
        return future.progress();
    }

    @Override
    public boolean cancel() {
        return future.cancel();
    }

    @Override
    public boolean release() {
        return future.release();
    }

    @Override
    public void whenDone(Consumer<? super State<State<T>>> action) {
        future.whenDone(end -> action.accept(completed(end)));
    }

    @Override
    public String toString() {
        return key();
    }
}
