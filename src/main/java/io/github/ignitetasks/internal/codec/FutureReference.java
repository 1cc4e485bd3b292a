package io.github.ignitetasks.internal.codec;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reference by key to a future, in written objects. {@link ObjectWriter} writes it for each future that it meets, and
 * {@link ObjectReader} puts the upstream in its place. One that is left in place, because the future was carried by
 * other means, refuses to be used.
 *
 * @param <R> the type of the result
 */
public final class FutureReference<R extends @Nullable Object> implements TaskFuture<R> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String key;

    /** Known only while the object is written, in the JVM of the future. */
    private final transient @Nullable TaskFuture<R> future;

    /** Makes the stand-in of a future: what the {@code writeReplace} method of a live future returns. */
    public FutureReference(TaskFuture<R> future) {
        this.key = future.key();
        this.future = future;
    }

    /** Makes a stand-in where there is no live future. */
    FutureReference(String key) {
        this.key = key;
        this.future = null;
    }

    /**
     * Returns why a result is refused that holds futures.
     *
     * @param futures those that it holds; one at least
     */
    public static String inResult(List<? extends TaskFuture<?>> futures) {
        return "it holds the future of task '" + futures.get(0).key() + "', which is of use in its own session alone;"
                + " use the future's result() in place of it, or let a task capture the future";
    }

    /** Returns the live future; this itself where there is none. */
    TaskFuture<R> live() {
        return future == null ? this : future;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public boolean isDone() {
        throw unusable();
    }

    @Override
    public Optional<State<R>> state() {
        throw unusable();
    }

    @Override
    public Optional<State<R>> await(Duration timeout) {
        throw unusable();
    }

    @Override
    public boolean cancel() {
        throw unusable();
    }

    @Override
    public boolean release() {
        throw unusable();
    }

    @Override
    public void whenDone(Consumer<? super State<R>> action) {
        throw unusable();
    }

    private IllegalStateException unusable() {
        return new IllegalStateException("future '" + key + "' is not usable here: it was not found in the call when"
                + " that was submitted; let the call capture the future itself, through serializable fields");
    }

    @Override
    public String toString() {
        return "reference to " + key;
    }
}
