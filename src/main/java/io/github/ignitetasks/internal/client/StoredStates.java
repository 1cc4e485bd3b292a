package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.compat.IgniteThreadContext;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.ignite.IgniteInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * The states of a session's keys that only the grid has: large results, and states of forgotten futures. Its methods
 * block on the grid, for at most a minute, and on a node that reconnects. Safe to share between threads.
 */
final class StoredStates implements StateRecord.ObjectContext {
    private final GridAccess grid;
    private final ConnectionState connectionState;

    /** The origin of the code of the session's calls, as far as they share one. */
    private volatile CodeOrigin origin = CodeOrigin.jdk();

    StoredStates(GridAccess grid, ConnectionState connectionState) {
        this.grid = grid;
        this.connectionState = connectionState;
    }

    /** Notes the origin of a call's code. */
    @SuppressWarnings("ReferenceEquality") // it runs for each call, and an unchanged origin is the same object
    void met(CodeOrigin code) {
        CodeOrigin known = origin;
        CodeOrigin below = known.orBelow(code);
        if (below != known) {
            origin = below;
        }
    }

    /** Returns the origin of the code of the session's calls. */
    CodeOrigin origin() {
        return origin;
    }

    /** Reads the full record of a key of which the session has the head. */
    byte[] fetch(String key, byte[] head) {
        return ask(records -> records.fetch(key, head));
    }

    /**
     * Finds the state of a key; empty if the grid has none.
     *
     * @throws IllegalStateException if the grid cannot be asked
     * @throws TaskInterruptedException if this thread is interrupted
     */
    Optional<State<?>> find(String key) {
        return record(key).map(record -> StateRecord.<Object>read(key, record, origin.loader(), this));
    }

    /**
     * Returns the record of the state of a key; empty if the grid has none.
     *
     * @throws IllegalStateException if the grid cannot be asked
     * @throws TaskInterruptedException if this thread is interrupted
     */
    Optional<byte[]> record(String key) {
        byte[] record;
        try {
            record = RunningCall.lendSlotWhile(
                    () -> "the state of task '" + key + "'", () -> ask(records -> records.find(key)));
        } catch (InterruptedException | IgniteInterruptedException e) {
            throw new TaskInterruptedException("interrupted while the grid was asked for key '" + key + "'", e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("the grid could not be asked for key '" + key + "'", e);
        }
        return Optional.ofNullable(record).filter(StateRecord::isState);
    }

    /** Reads an object of a record; the session's Ignite replaces any Ignite in it. */
    @Override
    public <T extends @Nullable Object> T read(Supplier<T> reading) {
        return IgniteThreadContext.with(grid.ignite(), reading);
    }

    private <T extends @Nullable Object> T ask(Function<Records, T> question) {
        try {
            return question.apply(grid.records());
        } catch (RuntimeException e) {
            if (!connectionState.isCauseOf(e)) {
                throw e;
            }
            connectionState.begin();
        }
        try {
            connectionState.awaitEnd();
        } catch (InterruptedException e) {
            throw new IgniteInterruptedException(e);
        }
        return question.apply(grid.records());
    }
}
