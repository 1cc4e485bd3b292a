package io.github.ignitetasks.local;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.NearData;
import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.codec.FutureSearch;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.events.RetryLog;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.execution.CallExecution;
import io.github.ignitetasks.internal.execution.NodeContext;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.session.Backend;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.session.ListenerEvents;
import io.github.ignitetasks.internal.session.PreparedCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out calls in this JVM, without copying them. No key and no state is known outside the session. Safe to share
 * between threads.
 */
final class LocalBackend implements Backend {
    static final String NODE = "local";

    private final NodeContext place;
    private final Consumer<CallExecution<?>> start;
    private final boolean sequential;
    private final Runnable closer;

    private LocalBackend(
            String name, Consumer<CallExecution<?>> start, boolean sequential, Runnable closer, TaskEvents events) {
        this.place = new NodeContext(NODE, new Timer(name), events);
        this.start = start;
        this.sequential = sequential;
        this.closer = closer;
    }

    /**
     * Opens a session whose calls run in this JVM.
     *
     * @param start runs a call whose upstreams are all Completed
     * @param sequential whether it does so before it returns
     * @param closer ends the threads that run calls
     * @param limits how much the session holds
     * @param listeners hear what happens to its tasks
     */
    static TaskSession openSession(
            String name,
            Consumer<CallExecution<?>> start,
            boolean sequential,
            Runnable closer,
            SessionLimits limits,
            List<TaskListener> listeners) {
        EventStream events = new EventStream();
        events.add(new RetryLog());
        ListenerEvents.addTo(events, name, listeners);
        return new KeyedSession(name, new LocalBackend(name, start, sequential, closer, events), events, limits);
    }

    /** Returns the listeners of a runner with one more. */
    static List<TaskListener> with(List<TaskListener> listeners, TaskListener listener) {
        return Stream.concat(listeners.stream(), Stream.of(requireNonNull(listener, "listener")))
                .toList();
    }

    @Override
    public <R extends @Nullable Object> PreparedCall<R> prepare(
            KeyedSession session, String key, TaskCall<R> call, CallOptions options) {
        options.nearData().ifPresent(data -> refuse(key, data));
        if (options.requirements().concernNodes()) {
            throw new IllegalArgumentException("task '" + key + "' cannot require " + options.requirements()
                    + ", as its runner runs tasks on threads of this JVM, which is no node; use an IgniteTaskRunner");
        }
        FutureSearch.Found found = FutureSearch.in(call);
        found.checkCapturable(key, call);
        List<KeyedFuture<?>> upstreams = new ArrayList<>(found.futures().size());
        for (TaskFuture<?> future : found.futures()) {
            if (!(future instanceof KeyedFuture<?> upstream) || upstream.session() != session) {
                throw new IllegalArgumentException("task '" + key + "' cannot have upstream '" + future.key()
                        + "', which is a future of another session; let the call capture its result() instead");
            }
            upstreams.add(upstream);
        }
        SharedCall<R> shared = new SharedCall<>(
                session,
                call,
                upstreams,
                found.upstreams().settled(),
                found.origin().loader());
        return new PreparedLocalCall<>(
                new LocalFuture<>(key, session, shared, options, place, start),
                upstreams,
                found.upstreams().settled(),
                System.nanoTime());
    }

    private static void refuse(String key, NearData data) {
        throw new IllegalArgumentException("task '" + key + "' cannot run near " + data
                + ", as its runner runs tasks on threads of this JVM, which have no caches; use an IgniteTaskRunner");
    }

    @Override
    public <R extends @Nullable Object> Optional<PreparedCall<R>> prepareFound(KeyedSession session, String key) {
        return Optional.empty();
    }

    @Override
    public boolean isSequential() {
        return sequential;
    }

    @Override
    public boolean runs(KeyedFuture<?> future, RunningCall call) {
        return future instanceof LocalFuture<?> local && local.isRunAs(call);
    }

    @Override
    public Timer timer() {
        return place.timer();
    }

    @Override
    public int partitionsOf(String cache) {
        throw new IllegalArgumentException("there is no cache '" + cache
                + "', as the runner runs tasks on threads of this JVM; use an IgniteTaskRunner");
    }

    @Override
    public Optional<State<?>> find(String key) {
        return Optional.empty();
    }

    @Override
    public KeyStatus status(String key) {
        return KeyStatus.UNKNOWN;
    }

    @Override
    public void remove(Collection<? extends KeyedFuture<?>> ended) {
        // no state is kept outside the futures
    }

    @Override
    public boolean remove(String key) {
        return false;
    }

    @Override
    public void close() {
        closer.run();
        place.timer().close();
    }

    private record PreparedLocalCall<R extends @Nullable Object>(
            LocalFuture<R> future, List<KeyedFuture<?>> upstreams, Set<TaskFuture<?>> settled, long since)
            implements PreparedCall<R> {

        @Override
        public boolean takesAnyEnd(KeyedFuture<?> upstream) {
            return settled.contains(upstream);
        }

        @Override
        public void go() {
            future.start();
        }

        @Override
        public void skip(State<R> state) {
            future.complete(state);
        }
    }
}
