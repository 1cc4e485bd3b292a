package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.internal.codec.FutureReference;
import io.github.ignitetasks.internal.compat.IgniteThreadContext;
import io.github.ignitetasks.internal.execution.Readers;
import io.github.ignitetasks.internal.execution.UserAction;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/** An upstream inside a call that runs. It holds the upstream's record, and reads it on request. */
public final class UpstreamFuture<R extends @Nullable Object> implements TaskFuture<R>, UpstreamRecord {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient UUID grid;
    private final transient byte[] record;
    private final transient ClassLoader loader;
    private final transient Ignite ignite;
    private final transient Readers readers;
    private transient volatile @Nullable State<R> state;

    UpstreamFuture(String key, UUID grid, byte[] record, ClassLoader loader, Ignite ignite, Readers readers) {
        this.key = key;
        this.grid = grid;
        this.record = record;
        this.loader = loader;
        this.ignite = ignite;
        this.readers = readers;
    }

    /** Returns the id of the grid that has the record. */
    public UUID grid() {
        return grid;
    }

    @Override
    public byte[] record() {
        return record;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public Optional<State<R>> state() {
        State<R> known = state;
        if (known == null) {
            known = IgniteThreadContext.with(
                    ignite, () -> StateRecord.<R>read(record, loader)); // any thread of the task may read it
            state = known;
        }
        return Optional.of(known);
    }

    @Override
    public Optional<State<R>> await(Duration timeout) {
        if (state != null || StateRecord.hasNoObjects(record)) {
            return state();
        }
        try {
            return readers.within(TimeUnit.NANOSECONDS.convert(timeout), this, () -> state().orElseThrow());
        } catch (InterruptedException e) {
            throw new TaskInterruptedException("interrupted while the result of task '" + key + "' was read", e);
        }
    }

    @Override
    public boolean cancel() {
        return false;
    }

    @Override
    public boolean release() {
        throw new IllegalStateException("future '" + key + "' cannot be released by a task that did not submit it,"
                + " as others may need it; release it where it was submitted");
    }

    /** Returns false: this node does not know whether the future was released. */
    @Override
    public boolean isReleased() {
        return false;
    }

    @Override
    public void whenDone(Consumer<? super State<R>> action) {
        UserAction.runLogged(key, () -> action.accept(state().orElseThrow()));
    }

    @Serial
    private Object writeReplace() {
        return new FutureReference<>(this);
    }

    @Override
    public String toString() {
        return key + " " + StateRecord.withoutObjects(record).describe();
    }
}
