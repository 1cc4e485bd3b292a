package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.PreparedCall;
import io.github.ignitetasks.internal.worker.CallRequest;
import io.github.ignitetasks.internal.worker.NodeDeath;
import io.github.ignitetasks.internal.worker.UpstreamRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A serialized call with its future.
 *
 * @param session the session that accepted it
 * @param future its future
 * @param upstreams the futures that must be Completed before it goes
 * @param reached these, and the upstreams that are Completed already
 * @param call the request to send
 */
record PreparedGridCall<R extends @Nullable Object>(
        GridSession session,
        GridFuture<R> future,
        List<GridFuture<?>> upstreams,
        List<UpstreamRecord> reached,
        CallRequest call)
        implements PreparedCall<R> {

    @Override
    public int size() {
        return call.bytes().length;
    }

    @Override
    public void go() {
        session.send(this);
    }

    /** Returns the call to send after a node died that had it. */
    PreparedGridCall<R> after(NodeDeath death, List<NodeDeath> aloneAfter, boolean claimsLost) {
        CallRequest after = call.after(death, aloneAfter, claimsLost);
        return new PreparedGridCall<>(session, future, upstreams, reached, after);
    }

    /** A skipped key has a record like any other, so its call takes the same way, with the state in its place. */
    @Override
    public void skip(State<R> state) {
        skip(StateRecord.write(state));
    }

    /** The record holds the upstream's exception as copied bytes, because reading it would run user code. */
    @Override
    public void skipAsNotReady(KeyedFuture<?> upstream) {
        ExecutionInfo trace = ExecutionInfo.neverRan(future.node());
        skip(StateRecord.notReady(upstream.key(), ((GridFuture<?>) upstream).record(), trace));
    }

    private void skip(byte[] record) {
        session.send(new PreparedGridCall<>(session, future, List.of(), List.of(), call.asSkipped(record)));
    }
}
