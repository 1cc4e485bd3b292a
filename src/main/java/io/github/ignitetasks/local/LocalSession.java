package io.github.ignitetasks.local;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.RunningCall;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.internal.codec.FutureSearch;
import io.github.ignitetasks.internal.execution.CallExecution;
import io.github.ignitetasks.internal.execution.NodeContext;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.session.PreparedCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session whose calls run in this JVM, without being copied. Subclasses choose the threads. Safe to share between
 * threads.
 */
abstract class LocalSession extends KeyedSession {
    static final String NODE = "local";

    private final NodeContext place;

    LocalSession(String name) {
        super(name);
        this.place = new NodeContext(NODE, new Timer(name));
    }

    /** No key is known outside this session. */
    @Override
    protected final KeyStatus statusBeyond(String key) {
        return KeyStatus.UNKNOWN;
    }

    @Override
    protected final Optional<State<?>> stateBeyond(String key) {
        return Optional.empty();
    }

    /** Runs a call whose upstreams are all Completed. */
    abstract void run(CallExecution<?> run);

    final NodeContext place() {
        return place;
    }

    @Override
    protected boolean runs(RunningCall call) {
        return find(call.key()) instanceof LocalFuture<?> future && future.run().runs(call);
    }

    /** Does nothing: no state is kept outside the futures. */
    @Override
    protected final void giveUp(Collection<? extends KeyedFuture<?>> ended) {}

    @Override
    protected final boolean giveUp(String key) {
        return false;
    }

    @Override
    protected void closeOpened() {
        place.timer().close();
    }

    @Override
    protected final <R extends @Nullable Object> PreparedCall<R> prepare(
            String key, TaskCall<R> call, CallOptions options) {
        FutureSearch.Found found = FutureSearch.in(call);
        found.checkCapturable(key, call);
        List<KeyedFuture<?>> upstreams = new ArrayList<>(found.futures().size());
        for (TaskFuture<?> future : found.futures()) {
            if (!(future instanceof KeyedFuture<?> upstream) || upstream.session() != this) {
                throw new IllegalArgumentException("task '" + key + "' cannot have upstream '" + future.key()
                        + "', which is a future of another session; let the call capture its result() instead");
            }
            upstreams.add(upstream);
        }
        SharedCall<R> shared =
                new SharedCall<>(this, call, upstreams, found.origin().loader());
        return new LocalDeparture<>(new LocalFuture<>(key, this, shared, options), upstreams);
    }

    private record LocalDeparture<R extends @Nullable Object>(LocalFuture<R> future, List<KeyedFuture<?>> upstreams)
            implements PreparedCall<R> {

        @Override
        public void go() {
            ((LocalSession) future.session()).run(future.run());
        }

        @Override
        public void skip(State<R> state) {
            future.complete(state);
        }
    }
}
