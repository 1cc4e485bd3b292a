package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.codec.ObjectWriter;
import io.github.ignitetasks.internal.codec.UnserializablePath;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.tracing.CallTrace;
import io.github.ignitetasks.internal.worker.CallRequest;
import io.github.ignitetasks.internal.worker.UpstreamFuture;
import io.github.ignitetasks.internal.worker.UpstreamRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The step that serializes calls of a session and finds the futures that they reach. Safe to share between threads.
 *
 * @param backend the backend that carries out the calls
 */
record CallPreparation(GridBackend backend) {

    /**
     * Prepares a call.
     *
     * @throws IllegalArgumentException if the call cannot be written, or reaches a future of another grid
     */
    <R extends @Nullable Object> PreparedGridCall<R> prepare(
            KeyedSession session, String key, TaskCall<R> call, CallOptions options) {
        CallOptions resolved = new DataPlaces(backend.grid()).resolve(options);
        ObjectWriter.Written written = write(key, call);
        if (written.futures().isEmpty()) {
            return prepare(session, key, resolved, written, written.origin(), List.of(), List.of());
        }
        List<GridFuture<?>> live = new ArrayList<>();
        List<UpstreamRecord> reached = new ArrayList<>();
        CodeOrigin origin = written.origin();
        for (TaskFuture<?> future : written.futures()) {
            if (future instanceof GridFuture<?> upstream && isOfThisGrid(upstream)) {
                live.add(upstream);
                reached.add(upstream);
                origin = origin.with(upstream.origin());
            } else if (future instanceof UpstreamFuture<?> upstream
                    && upstream.grid().equals(backend.grid().id())) {
                reached.add(upstream);
            } else {
                throw new IllegalArgumentException("task '" + key + "' cannot have upstream '" + future.key()
                        + "', which is not a future of this grid; let the call capture its result() instead");
            }
        }
        return prepare(session, key, resolved, written, origin, live, reached);
    }

    private <R extends @Nullable Object> PreparedGridCall<R> prepare(
            KeyedSession session,
            String key,
            CallOptions options,
            ObjectWriter.Written written,
            CodeOrigin origin,
            List<GridFuture<?>> live,
            List<UpstreamRecord> reached) {
        backend.states().met(origin);
        List<String> upstreams = reached.stream().map(UpstreamRecord::key).toList();
        CallRequest untraced = new CallRequest(
                key, options, List.of(), upstreams, false, written.bytes(), written.definitions(), origin);
        Optional<CallTrace> trace = session.captureTrace();
        CallRequest request = trace.isEmpty() ? untraced : untraced.tracedBy(trace.get());
        GridFuture<R> future = new GridFuture<>(key, session, backend, origin);
        return new PreparedGridCall<>(future, live, reached, written.upstreams().settled(), request);
    }

    private boolean isOfThisGrid(GridFuture<?> future) {
        GridAccess its = future.backend().grid();
        return its.ignite() == backend.grid().ignite()
                || its.id().equals(backend.grid().id());
    }

    private static ObjectWriter.Written write(String key, TaskCall<?> call) {
        try {
            return ObjectWriter.writeCall(call);
        } catch (IOException e) {
            throw UnserializablePath.refusal(key, e);
        }
    }
}
