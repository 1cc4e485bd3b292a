package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.PreparedCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The future of a key that has ended and was found by the key alone.
 *
 * @param future the future
 * @param record the record of the key's state, or the head of it
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record FoundKey<R extends @Nullable Object>(GridFuture<R> future, byte[] record) implements PreparedCall<R> {

    @Override
    public List<KeyedFuture<?>> upstreams() {
        return List.of();
    }

    @Override
    public void go() {
        future.completeFound(record);
    }

    @Override
    public void skip(State<R> state) {
        future.complete(state);
    }
}
