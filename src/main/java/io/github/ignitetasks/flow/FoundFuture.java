package io.github.ignitetasks.flow;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.internal.context.FutureView;
import io.github.ignitetasks.internal.context.SessionFuture;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The future of a task run whose key had ended before, in the same session. Its states say that they were found, and
 * those of the session's future do not. In serialized objects, the session's future takes its place. Safe to share
 * between threads.
 *
 * @param <R> the type of the result
 */
final class FoundFuture<R extends @Nullable Object> implements TaskFuture<R>, FutureView {
    private static final long serialVersionUID = 1L;

    /** A future of a session. It has ended. */
    private final TaskFuture<R> found;

    private FoundFuture(TaskFuture<R> found) {
        this.found = found;
    }

    /** Returns a future whose states say that they were found: the given one, which has ended, or a view of it. */
    static <R extends @Nullable Object> TaskFuture<R> of(TaskFuture<R> ended) {
        boolean isOfSession = ended instanceof SessionFuture;
        return isOfSession && !ended.state().orElseThrow().isCached() ? new FoundFuture<>(ended) : ended;
    }

    @Override
    public SessionFuture shown() {
        return (SessionFuture) found;
    }

    @Override
    public String key() {
        return found.key();
    }

    @Override
    public boolean isDone() {
        return found.isDone();
    }

    @Override
    public Optional<State<R>> state() {
        return found.state().map(State::asCached);
    }

    @Override
    public Optional<State<R>> await(Duration timeout) {
        return found.await(timeout).map(State::asCached);
    }

    @Override
    public R result(Duration timeout) {
        State<R> state = await(timeout).orElseThrow();
        if (!state.isCompleted()) {
            throw new NotCompletedException("task '" + key() + "'", state);
        }
        return found.result(timeout);
    }

    @Override
    public boolean cancel() {
        return found.cancel();
    }

    @Override
    public boolean release() {
        return found.release();
    }

    @Override
    public void whenDone(Consumer<? super State<R>> action) {
        found.whenDone(state -> action.accept(state.asCached()));
    }

    @Serial
    private Object writeReplace() {
        return found;
    }

    @Override
    public String toString() {
        return found.toString();
    }
}
