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
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.events.GuardedEvents;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.RetryLog;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.execution.JvmLoad;
import io.github.ignitetasks.internal.execution.NodeContext;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.session.Backend;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.session.PreparedCall;
import io.github.ignitetasks.internal.tracing.CallTrace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out calls in this JVM, without copying them. No key and no state is known outside the session. Safe to share
 * between threads.
 */
final class LocalBackend implements Backend {
    static final String NODE = NodeReport.LOCAL;

    private final NodeContext place;
    private final LocalThreads threads;
    private final UUID id = UUID.randomUUID();

    private LocalBackend(String name, LocalThreads threads, TaskEvents events) {
        this.place = new NodeContext(NODE, new Timer(name), events);
        this.threads = threads;
    }

    /**
     * Opens a session whose calls run in this JVM.
     *
     * @param threads run its calls
     * @param limits how much the session holds
     * @param listeners hear what happens to its tasks
     */
    static TaskSession openSession(
            String name, LocalThreads threads, SessionLimits limits, List<TaskListener> listeners) {
        EventStream events = new EventStream();
        events.add(new GuardedEvents(name, new RetryLog()));
        LocalBackend backend = new LocalBackend(name, threads, events);
        KeyedSession session = new KeyedSession(name, backend, events, limits);
        try {
            session.hear(listeners, threads.description());
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
        return session;
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
        Set<TaskFuture<?>> settled = found.upstreams().settled();
        ClassLoader loader = found.origin().loader();
        Optional<CallTrace> trace = session.captureTrace();
        SharedCall<R> shared = trace.isEmpty()
                ? new SharedCall<>(session, call, upstreams, settled, loader)
                : new TracedCall<>(session, call, upstreams, settled, loader, trace.get());
        return new PreparedLocalCall<>(
                new LocalFuture<>(key, session, shared, options, place, threads.start()),
                upstreams,
                settled,
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
        return threads.sequential();
    }

    @Override
    public boolean runs(KeyedFuture<?> future, RunningCall call) {
        return future instanceof LocalFuture<?> local && local.isRunAs(call);
    }

    @Override
    public boolean runsHere() {
        return true;
    }

    /** Returns the report of this JVM. The counts of the session tell which of its tasks ended. */
    @Override
    public List<NodeReport> nodeReports(Collection<KeyedFuture<?>> pending) {
        List<ActiveCall> active = new ArrayList<>();
        pending.forEach(future -> future.activeHere().ifPresent(active::add));
        JvmLoad load = JvmLoad.now();
        return List.of(new NodeReport(
                threads.slots().getAsInt(),
                threads.sequential()
                        ? Math.max(0, 1 - active.size())
                        : threads.freeSlots().getAsInt(),
                (int) pending.stream()
                        .filter(future -> !future.waitsForUpstreams())
                        .count(),
                NODE,
                id,
                Instant.now(),
                load.heapUsed(),
                load.heapMax(),
                load.cpu(),
                NodeReport.UNKNOWN,
                NodeReport.UNKNOWN,
                Map.of(),
                (int) active.stream().filter(ActiveCall::hasStarted).count(),
                NodeReport.longest(active),
                List.of()));
    }

    @Override
    public Optional<String> stackOf(KeyedFuture<?> future) {
        return future instanceof LocalFuture<?> local ? local.stack() : Optional.empty();
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
        threads.closer().run();
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
