package io.github.ignitetasks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a future of many, as a result. It is Completed once all of them have ended, in whatever states. Safe to
 * share between threads.
 */
final class SettledAll<R extends @Nullable Object> implements TaskFuture<State<List<R>>> {
    private static final long serialVersionUID = 1L;

    private final TaskFuture<List<State<R>>> ends;
    private final String key;

    @SuppressWarnings("serial") // an unmodifiable list of the JDK is serializable
    private final List<String> keys;

    /** Takes the ends of the parts, the key of the future of many, and the keys of the parts. */
    SettledAll(TaskFuture<List<State<R>>> ends, String key, List<String> keys) {
        this.ends = ends;
        this.key = "settled(" + key + ")";
        this.keys = List.copyOf(keys);
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public boolean isDone() {
        return ends.isDone();
    }

    @Override
    public Optional<State<State<List<R>>>> state() {
        return ends.state().map(this::completed);
    }

    @Override
    public Optional<State<State<List<R>>>> await(Duration timeout) {
        return ends.await(timeout).map(this::completed);
    }

    private State<State<List<R>>> completed(State<List<State<R>>> all) {
        return State.Completed.lazily(() -> together(all), all.executionInfo());
    }

    private State<List<R>> together(State<List<State<R>>> all) {
        List<State<R>> states = all.result();
        for (int i = 0; i < states.size(); i++) {
            if (!states.get(i).isCompleted()) {
                return State.NotReady.because(keys.get(i), states.get(i), all.executionInfo());
            }
        }
        return State.Completed.lazily(() -> states.stream().map(State::result).toList(), all.executionInfo());
    }

    @Override
    public TaskFuture<State<State<List<R>>>> settled() {
        return new SettledAlways<>(this);
    }

    @Override
    public boolean cancel() {
        return ends.cancel();
    }

    @Override
    public boolean release() {
        return ends.release();
    }

    @Override
    public void whenDone(Consumer<? super State<State<List<R>>>> action) {
        ends.whenDone(all -> action.accept(completed(all)));
    }

    @Override
    public String toString() {
        return key;
    }
}
