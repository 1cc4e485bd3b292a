package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.ResultUnavailableException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.internal.codec.FutureReference;
import io.github.ignitetasks.internal.compat.IgniteThreadContext;
import io.github.ignitetasks.internal.execution.Readers;
import io.github.ignitetasks.internal.execution.UserAction;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * An upstream inside a call that runs. It holds the upstream's record, and reads it on request. If it holds only the
 * head, the grid keeps the result, and each state fetches its own copy: the heap has only the copies that the call uses.
 */
public final class UpstreamFuture<R extends @Nullable Object>
        implements TaskFuture<R>, UpstreamRecord, StateRecord.ObjectContext {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient UUID grid;
    private final transient byte[] record;
    private final transient ClassLoader loader;
    private final transient Ignite ignite;
    private final transient Records records;
    private final transient Readers readers;
    private final transient @Nullable SharedValues shared;
    private transient volatile @Nullable State<R> state;

    /**
     * Makes an upstream.
     *
     * @param shared has the result if tasks share it; null for other upstreams
     */
    UpstreamFuture(
            String key,
            UUID grid,
            byte[] record,
            ClassLoader loader,
            Ignite ignite,
            Records records,
            Readers readers,
            @Nullable SharedValues shared) {
        this.key = key;
        this.grid = grid;
        this.record = record;
        this.loader = loader;
        this.ignite = ignite;
        this.records = records;
        this.readers = readers;
        this.shared = shared;
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
        if (StateRecord.isHead(record)) {
            return Optional.of(StateRecord.ofHead(record, this::fetch));
        }
        State<R> known = state;
        return Optional.of(known == null ? keep(StateRecord.read(key, record, loader, this)) : known);
    }

    /** Keeps the state that was made first, so that its result is read once. */
    private synchronized State<R> keep(State<R> fresh) {
        State<R> kept = state == null ? fresh : state;
        state = kept;
        return kept;
    }

    /** Returns a result that the grid keeps. May block on the grid. */
    private R fetch() {
        return shared == null ? fetchCopy() : shared.get(key, record, loader, this::fetchCopy);
    }

    /** Fetches a result that the grid keeps, and reads it. Blocks on the grid. */
    @SuppressWarnings("unchecked") // the first call under a key determines its type
    private R fetchCopy() {
        byte[] whole;
        try {
            whole = records.fetch(key, record);
        } catch (IgniteInterruptedException e) {
            throw new TaskInterruptedException("interrupted while the result of task '" + key + "' was fetched", e);
        } catch (RuntimeException e) {
            throw new ResultUnavailableException(
                    "the result of task '" + key + "' stayed on the grid, because "
                            + (shared == null ? "the upstreams of the running task are large" : "tasks share it")
                            + ", and the grid did not give it: " + e.getMessage(),
                    e);
        }
        return read(() -> (R) StateRecord.result(key, whole, loader));
    }

    /** Reads an object of the record; any thread of the task may do so. */
    @Override
    public <T extends @Nullable Object> T read(Supplier<T> reading) {
        return IgniteThreadContext.with(ignite, reading);
    }

    @Override
    public Optional<State<R>> await(Duration timeout) {
        requireNonNull(timeout, "timeout");
        return state();
    }

    @Override
    public R result(Duration timeout) {
        State<R> state = state().orElseThrow();
        return StateRecord.hasNoObjects(record)
                ? Readers.resultOf(key, state)
                : readers.result(key, state, this, TimeUnit.NANOSECONDS.convert(timeout));
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

    @Override
    public boolean isShared() {
        return shared != null;
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
        return key + " " + state().orElseThrow().describe();
    }
}
