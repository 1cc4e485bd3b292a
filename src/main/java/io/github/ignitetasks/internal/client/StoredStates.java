package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.RunningCall;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.compat.IgniteThreadContext;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.util.Optional;
import java.util.function.Function;
import org.apache.ignite.IgniteInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * The states of a session's keys that only the grid has: large results, and states of forgotten futures. Its methods
 * block on the grid, for at most a minute, and on a node that reconnects. Safe to share between threads.
 */
final class StoredStates {
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
        byte[] record;
        try {
            record = RunningCall.lendSlotWhile(() -> ask(records -> records.find(key)));
        } catch (InterruptedException | IgniteInterruptedException e) {
            throw new TaskInterruptedException("interrupted while the grid was asked for key '" + key + "'", e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("the grid could not be asked for key '" + key + "'", e);
        }
        return record != null && StateRecord.isState(record)
                ? Optional.of(IgniteThreadContext.with(
                        grid.ignite(), () -> StateRecord.<Object>read(record, origin.loader())))
                : Optional.empty();
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
