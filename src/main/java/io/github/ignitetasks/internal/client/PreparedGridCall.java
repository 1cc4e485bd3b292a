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
 * @param router sends it
 * @param future its future
 * @param upstreams the futures that must be Completed before it goes
 * @param reached these, and the upstreams that are Completed already
 * @param request the request to send
 */
record PreparedGridCall<R extends @Nullable Object>(
        CallRouter router,
        GridFuture<R> future,
        List<GridFuture<?>> upstreams,
        List<UpstreamRecord> reached,
        CallRequest request)
        implements PreparedCall<R> {

    @Override
    public int size() {
        return request.bytes().length;
    }

    @Override
    public void go() {
        router.send(this);
    }

    /** Returns the call to send after a node died that had it. */
    PreparedGridCall<R> after(NodeDeath death, List<NodeDeath> aloneAfter, boolean claimsLost) {
        CallRequest after = request.after(death, aloneAfter, claimsLost);
        return new PreparedGridCall<>(router, future, upstreams, reached, after);
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
        router.send(new PreparedGridCall<>(router, future, List.of(), List.of(), request.asSkipped(record)));
    }
}
