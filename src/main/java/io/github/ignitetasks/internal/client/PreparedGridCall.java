package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.NearData;
import io.github.ignitetasks.Requirements;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.PreparedCall;
import io.github.ignitetasks.internal.worker.CallRequest;
import io.github.ignitetasks.internal.worker.NodeDeath;
import io.github.ignitetasks.internal.worker.UpstreamRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A serialized call with its future.
 *
 * @param future its future
 * @param upstreams the futures that must have ended before it goes
 * @param reached these, and the upstreams that have ended already
 * @param settled the upstreams that may end in any state
 * @param request the request to send
 */
record PreparedGridCall<R extends @Nullable Object>(
        GridFuture<R> future,
        List<GridFuture<?>> upstreams,
        List<UpstreamRecord> reached,
        Set<TaskFuture<?>> settled,
        CallRequest request)
        implements PreparedCall<R> {
    /** How many bytes of states a call carries that the grid has too. */
    private static final int MAX_STATES = 1 << 20;

    /** Returns the data beside which the call must run; empty if any node may run it. */
    Optional<NearData> nearData() {
        return request.options().nearData();
    }

    int priority() {
        return request.options().priority();
    }

    /** Returns what the call needs besides a slot. */
    Requirements requirements() {
        return request.options().requirements();
    }

    /** Returns whether not every node may run the call at any time. */
    boolean isBound() {
        return request.isBound();
    }

    @Override
    public long since() {
        return request.since();
    }

    @Override
    public int size() {
        return request.bytes().length;
    }

    @Override
    public boolean takesAnyEnd(KeyedFuture<?> upstream) {
        return settled.contains(upstream);
    }

    /**
     * Sends the call with the states of upstreams without a result, unless the grid has them and they are large. Of
     * shared values it sends the heads, so that the node reads a value only if it does not keep it.
     */
    @Override
    public void go() {
        boolean shares = false;
        for (UpstreamRecord upstream : reached) {
            if (sharesResultOf(upstream)) {
                shares = true;
                if (upstream.isReleased()) {
                    skip(StateRecord.write(
                            State.NotReady.released(upstream.key(), ExecutionInfo.neverRan(future.node()))));
                    return;
                }
            }
        }
        PreparedGridCall<R> call = withLateCode();
        future.backend()
                .router()
                .send(settled.isEmpty() && !shares ? call : call.with(call.request.withStates(statesToSend())));
    }

    /** Returns the call with the code of upstreams whose code was not known when the call was prepared. */
    private PreparedGridCall<R> withLateCode() {
        PreparedGridCall<R> call = this;
        for (GridFuture<?> upstream : upstreams) {
            if (upstream.isCodeLate()) {
                future.reaches(upstream.origin());
                call = with(request.withCode(future.origin()));
            }
        }
        return call;
    }

    /** Numbers and the like are no objects that tasks could share. */
    private static boolean sharesResultOf(UpstreamRecord upstream) {
        return upstream.isShared()
                && StateRecord.type(upstream.record()) == StateType.COMPLETED
                && !StateRecord.hasNoObjects(upstream.record());
    }

    private Map<String, byte[]> statesToSend() {
        Map<String, byte[]> states = new HashMap<>();
        int bytes = 0;
        for (UpstreamRecord upstream : reached) {
            byte[] record = upstream.record();
            StateType type = StateRecord.type(record);
            boolean isRecorded = type == StateType.FAILED || type == StateType.NOT_READY;
            if (type != StateType.COMPLETED && (!isRecorded || bytes + record.length <= MAX_STATES)) {
                states.put(upstream.key(), record);
                bytes += record.length;
            } else if (sharesResultOf(upstream)) {
                states.put(upstream.key(), StateRecord.toSend(record, 0));
            }
        }
        return states;
    }

    /** Returns the call with another request. */
    PreparedGridCall<R> with(CallRequest other) {
        return new PreparedGridCall<>(future, upstreams, reached, settled, other);
    }

    /** Returns the call to send after a node died that had it. */
    PreparedGridCall<R> after(NodeDeath death, List<NodeDeath> aloneAfter, boolean claimsLost) {
        return with(request.after(death, aloneAfter, claimsLost));
    }

    /** A skipped key has a record like any other, so its call takes the same way, with the state in its place. */
    @Override
    public void skip(State<R> state) {
        skip(StateRecord.write(state));
    }

    @Override
    public void skip(State<R> state, CodeOrigin code) {
        future.reaches(code);
        skip(state);
    }

    /** The record holds the upstream's exception as copied bytes, because reading it would run user code. */
    @Override
    public void skipAsNotReady(KeyedFuture<?> upstream) {
        ExecutionInfo trace = ExecutionInfo.neverRan(future.node());
        skip(StateRecord.notReady(upstream.key(), ((GridFuture<?>) upstream).record(), trace));
    }

    private void skip(byte[] record) {
        future.backend()
                .router()
                .send(new PreparedGridCall<>(future, List.of(), List.of(), Set.of(), request.asSkipped(record)));
    }
}
