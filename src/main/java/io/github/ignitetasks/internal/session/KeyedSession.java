package io.github.ignitetasks.internal.session;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.base.PlainText;
import io.github.ignitetasks.internal.codec.FutureReference;
import io.github.ignitetasks.internal.codec.FutureSearch;
import io.github.ignitetasks.internal.context.FutureOwner;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.context.SessionFuture;
import io.github.ignitetasks.internal.events.EndCounts;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.events.GuardedEvents;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionObserver;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.execution.Readers;
import io.github.ignitetasks.internal.tracing.CallTrace;
import io.github.ignitetasks.internal.tracing.TaskTracer;
import io.github.ignitetasks.internal.tracing.TracingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session that keeps one future for each key, except for keys that ended long ago. It decides which calls it accepts
 * and when their upstreams let them go; its {@link Backend} carries them out, and its {@link SessionLifecycle} closes
 * it. Safe to share between threads.
 */
public final class KeyedSession implements TaskSession, FutureOwner {
    private static final int MAX_KEY_LENGTH = 1_024;

    private final String name;
    private final Backend backend;
    private final EventStream events;
    private final EndCounts counts = new EndCounts();
    private final TaskCounts taskCounts = new TaskCounts();
    private final Callbacks callbacks;
    private final Readers readers;
    private final ConcurrentMap<String, KeyedFuture<?>> futures = new ConcurrentHashMap<>();
    private final Backpressure backpressure;
    private final AtomicLong count = new AtomicLong();
    private final CompletedFutures ended;
    private final SessionLifecycle lifecycle;

    /** Traces the calls; null if they are not traced. */
    private volatile @Nullable TaskTracer tracer;

    /**
     * Makes an open session, which also closes when the JVM ends. A session that a task starts is left to that task to
     * close.
     *
     * @param name the name for logs and threads
     * @param backend carries out the calls; the session closes it
     * @param events gets the events of the session's tasks
     * @param limits how much the session holds
     */
    public KeyedSession(String name, Backend backend, EventStream events, SessionLimits limits) {
        this.name = name;
        this.backend = backend;
        this.events = events;
        this.callbacks = new Callbacks(name);
        this.readers = new Readers(name + "-readers");
        this.backpressure = new Backpressure(limits.pendingCalls(), limits.pendingBytes());
        this.ended = new CompletedFutures(futures, limits.keptFutures(), limits.keptBytes());
        this.lifecycle = new SessionLifecycle(this, backend, callbacks, backpressure);
        events.add(counts);
        events.add(taskCounts);
        events.add(new GuardedEvents(name, new FailureLog(name))); // the log of users may throw
        if (RunningCall.current().isEmpty()) {
            lifecycle.closeWithJvm();
        }
    }

    /** Returns the session's name. */
    String name() {
        return name;
    }

    /** Returns whether the session has closed. */
    boolean isClosed() {
        return lifecycle.isClosed();
    }

    /** Returns the number of the next future; numbers increase. */
    long nextNumber() {
        return count.incrementAndGet();
    }

    /** Returns the number of the latest future. */
    long latestNumber() {
        return count.get();
    }

    /** Returns all futures of the session. */
    Collection<KeyedFuture<?>> futures() {
        return futures.values();
    }

    /** Returns the bound on the calls that have not ended. */
    Backpressure backpressure() {
        return backpressure;
    }

    /** Returns the threads that read results for callers with a time limit. */
    Readers readers() {
        return readers;
    }

    /** Returns the futures that have ended. */
    CompletedFutures ended() {
        return ended;
    }

    /** Returns the stream that gets the events of the session's tasks. */
    public TaskEvents events() {
        return events;
    }

    /** Returns the counts of the ended tasks. */
    EndCounts counts() {
        return counts;
    }

    /** Returns the counts of the tasks by name. */
    TaskCounts taskCounts() {
        return taskCounts;
    }

    /**
     * Lets listeners hear of the session's tasks from now on.
     *
     * @param description where the tasks run, such as {@code this JVM, 4 slots}
     */
    public void hear(List<? extends TaskListener> listeners, String description) {
        ObservedSession observed = new SessionView(this, backend, description);
        List<TaskListener> others = new ArrayList<>();
        for (TaskListener listener : listeners) {
            if (listener instanceof SessionObserver observer) {
                events.add(new GuardedEvents(name, observer.observe(observed)));
            } else if (listener instanceof TracingListener tracing) {
                traceBy(tracing.tracer());
            } else {
                others.add(listener);
            }
        }
        ListenerEvents.addTo(events, name, others);
    }

    /** Has the calls traced from now on. */
    public void traceBy(TaskTracer given) {
        tracer = given;
    }

    /** Returns the trace of a call that this thread submits; empty if calls are not traced. */
    public Optional<CallTrace> captureTrace() {
        TaskTracer known = tracer;
        return known == null ? Optional.empty() : CallTrace.capture(known);
    }

    @Override
    public void runAction(String key, Runnable action) {
        callbacks.runAction(key, action);
    }

    @Override
    public void runCompletion(String key, Runnable completion) {
        callbacks.runCompletion(key, completion);
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> submit(String key, TaskCall<R> call, CallOptions options) {
        KeyedFuture<R> known = check(key, call, options);
        return known == null
                ? accept(key, options, takeRoom(key, prepare(key, call, options)), UpstreamGate::letThrough)
                : joinedBySubmit(known);
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> complete(String key, R result) {
        TaskCall<R> call = () -> result;
        KeyedFuture<R> known = check(key, call, CallOptions.none());
        if (known != null) {
            return joined(known);
        }
        refuseFutures(key, FutureSearch.in(result).futures());
        PreparedCall<R> prepared = backend.prepare(this, key, call, CallOptions.none());
        refuseFutures(key, prepared.upstreams()); // the search does not find all futures
        prepared.future().isGivenResult();
        return accept(
                key,
                CallOptions.none(),
                takeRoom(key, prepared),
                preparedCall -> preparedCall.skip(new State.Completed<>(result, ExecutionInfo.neverRan(name))));
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> share(String key, R value) {
        TaskFuture<R> future = complete(key, value);
        if (future instanceof KeyedFuture<R> known) {
            known.share();
        }
        return future;
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> adopt(String key, CompletionStage<? extends R> stage) {
        checkKey(key);
        requireNonNull(stage, "stage");
        Optional<TaskFuture<R>> known = find(key);
        if (known.isPresent()) {
            return known.get();
        }
        if (backend.isSequential()) {
            Adoption.awaitEnd(key, stage);
        }
        PreparedCall<R> prepared = Adoption.prepare(backend, this, key);
        return accept(
                key, CallOptions.none(), takeRoom(key, prepared), preparedCall -> Adoption.begin(preparedCall, stage));
    }

    private static void refuseFutures(String key, List<? extends TaskFuture<?>> held) {
        if (!held.isEmpty()) {
            throw new IllegalArgumentException(
                    "the result for key '" + key + "' is refused: " + FutureReference.inResult(held));
        }
    }

    @Override
    public int partitionsOf(String cache) {
        lifecycle.checkOpen();
        return backend.partitionsOf(requireNonNull(cache, "cache"));
    }

    @Override
    public KeyStatus status(String key) {
        checkKey(key);
        lifecycle.checkOpen();
        return statusUntilClosed(key);
    }

    /** Returns the status of a key, also while the session closes: observers watch it until the end. */
    KeyStatus statusUntilClosed(String key) {
        checkKey(key);
        lifecycle.checkNotClosed();
        TaskInterruptedException.throwIfInterrupted("interrupted before the status of key '" + key + "' was asked for");
        KeyedFuture<?> known = known(key);
        if (known == null) {
            return backend.status(key);
        }
        return known.isDone() ? KeyStatus.of(known.endType()) : KeyStatus.RUNNING;
    }

    @Override
    public <R extends @Nullable Object> Optional<TaskFuture<R>> find(String key) {
        checkKey(key);
        lifecycle.checkOpen();
        TaskInterruptedException.throwIfInterrupted("interrupted before key '" + key + "' was looked for");
        KeyedFuture<R> known = known(key);
        return known == null
                ? backend.<R>prepareFound(this, key)
                        .map(found -> accept(key, CallOptions.none(), takeRoom(key, found), PreparedCall::go))
                : Optional.of(joined(known));
    }

    @Override
    public <R extends @Nullable Object> Optional<TaskFuture<R>> trySubmit(
            String key, TaskCall<R> call, CallOptions options) {
        KeyedFuture<R> known = check(key, call, options);
        if (known != null) {
            return Optional.of(joinedBySubmit(known));
        }
        PreparedCall<R> preparedCall = prepare(key, call, options);
        return backpressure.tryTake(preparedCall.size())
                ? Optional.of(accept(key, options, preparedCall, UpstreamGate::letThrough))
                : Optional.empty();
    }

    private <R extends @Nullable Object> PreparedCall<R> prepare(String key, TaskCall<R> call, CallOptions options) {
        PreparedCall<R> prepared = backend.prepare(this, key, ConditionalCall.of(call, options), options);
        options.resultTtl().ifPresent(prepared.future()::countsFor);
        return prepared;
    }

    /** Checks the arguments of a submission; returns the future of the key, if there is one. */
    private <R extends @Nullable Object> @Nullable KeyedFuture<R> check(
            String key, TaskCall<R> call, CallOptions options) {
        checkKey(key);
        requireNonNull(call, "call");
        requireNonNull(options, "options");
        lifecycle.checkOpen();
        KeyedFuture<R> known = known(key);
        return known == null || known.isOver(options) ? null : known;
    }

    private <R extends @Nullable Object> PreparedCall<R> takeRoom(String key, PreparedCall<R> preparedCall) {
        if (backpressure.tryTake(preparedCall.size())) {
            return preparedCall;
        }
        try {
            return RunningCall.lendSlotWhile(() -> "room in session " + name, () -> {
                backpressure.take(preparedCall.size());
                return preparedCall;
            });
        } catch (InterruptedException e) {
            throw new TaskInterruptedException(
                    "interrupted while task '" + key + "' waited to be submitted, as " + backpressure.calls()
                            + " tasks before it had not ended",
                    e);
        }
    }

    /** Registers a call that has taken its room, and passes it on. */
    private <R extends @Nullable Object> TaskFuture<R> accept(
            String key, CallOptions options, PreparedCall<R> preparedCall, Consumer<PreparedCall<R>> then) {
        KeyedFuture<R> future = preparedCall.future();
        future.takesRoom(preparedCall.size());
        future.acceptedBy(options);
        KeyedFuture<R> other = register(key, options, future);
        if (other != null) {
            future.leaveRoom();
            return future.isGiven() ? joined(other) : joinedBySubmit(other);
        }
        if (!lifecycle.isAccepting()) {
            futures.remove(key);
            future.refuse();
            lifecycle.checkOpen();
        }
        events.submitted(future);
        if (!preparedCall.upstreams().isEmpty()) {
            future.waitsForUpstreams(true);
            events.depends(future, preparedCall.upstreams());
        }
        learn(future);
        if (options.hasDeadline()) {
            future.limit(options, preparedCall.since(), backend.timer());
        }
        then.accept(preparedCall);
        return future;
    }

    /**
     * Registers a future, also in place of one whose state does not count any more. Returns the one that counts if
     * there is one, and null otherwise.
     */
    @SuppressWarnings("unchecked") // the first call under a key determines its type
    private <R extends @Nullable Object> @Nullable KeyedFuture<R> register(
            String key, CallOptions options, KeyedFuture<R> future) {
        while (true) {
            KeyedFuture<R> other = (KeyedFuture<R>) futures.putIfAbsent(key, future);
            if (other == null || !other.isOver(options)) {
                return other;
            }
            if (futures.replace(key, other, future)) {
                return null;
            }
        }
    }

    @Override
    public Optional<KeyedFuture<?>> ended(String key) {
        KeyedFuture<?> known = futures.get(key);
        return known != null && known.isDone() ? Optional.of(known) : Optional.empty();
    }

    /** Returns the future of a key; null if this session has none. */
    @SuppressWarnings("unchecked") // the first call under a key determines its type
    <R extends @Nullable Object> @Nullable KeyedFuture<R> known(String key) {
        return (KeyedFuture<R>) futures.get(key);
    }

    private <R extends @Nullable Object> TaskFuture<R> joinedBySubmit(KeyedFuture<R> known) {
        events.joined(known);
        return joined(known);
    }

    private static <R extends @Nullable Object> TaskFuture<R> joined(KeyedFuture<R> known) {
        learn(known);
        return known;
    }

    /** Allows the running task to wait for a future. A task may submit its own key, but may not wait for itself. */
    private static void learn(KeyedFuture<?> future) {
        boolean own = RunningCall.current()
                .filter(call -> call.key().equals(future.key()))
                .isPresent();
        if (!own) {
            RunningCall.learn(future);
        }
    }

    @Override
    public Optional<State<?>> await(String key, Duration timeout) {
        requireNonNull(timeout, "timeout");
        KeyedFuture<?> future = futures.get(checkKey(key));
        if (future != null) {
            return future.await(timeout).map(state -> state);
        }
        boolean forgotten = ended.haveBeenForgotten();
        Optional<Optional<State<?>>> asked = forgotten ? stateBeyond(key, timeout) : Optional.of(Optional.empty());
        if (asked.isEmpty()) {
            return Optional.empty(); // the timeout has passed
        }
        if (asked.get().isEmpty()) {
            throw new IllegalArgumentException("key '" + key + "' was never submitted to session " + name
                    + (forgotten ? ", or its state is not kept any more" : ""));
        }
        return asked.get();
    }

    private Optional<Optional<State<?>>> stateBeyond(String key, Duration timeout) {
        try {
            return RunningCall.lendSlotWhile(
                    () -> "the state of task '" + key + "'",
                    () -> readers.within(TimeUnit.NANOSECONDS.convert(timeout), key, () -> backend.find(key)));
        } catch (InterruptedException e) {
            throw new TaskInterruptedException("interrupted while the grid was asked for key '" + key + "'", e);
        }
    }

    @Override
    public boolean release(String key) {
        KeyedFuture<?> future = futures.get(checkKey(key));
        if (future != null) {
            return future.release();
        }
        lifecycle.checkNotClosed();
        TaskInterruptedException.throwIfInterrupted("interrupted before key '" + key + "' was released");
        try {
            return backend.remove(key);
        } catch (InterruptedException e) {
            throw new TaskInterruptedException("interrupted while key '" + key + "' was released", e);
        }
    }

    @Override
    public int release(Collection<? extends SessionFuture> given) {
        lifecycle.checkNotClosed();
        TaskInterruptedException.throwIfInterrupted("interrupted before " + given.size() + " tasks were released");
        List<KeyedFuture<?>> meant = new ArrayList<>(given.size());
        for (SessionFuture future : given) {
            if (future instanceof KeyedFuture<?> own && own.isDone() && ended.recall(own)) {
                RunningCall.checkMayRelease(own);
                meant.add(own);
            }
        }
        meant.forEach(KeyedFuture::markReleased); // first, so that readers that miss the state know the reason
        try {
            backend.remove(meant);
        } catch (InterruptedException e) {
            throw new TaskInterruptedException("interrupted while " + meant.size() + " tasks were released", e);
        }
        int number = 0;
        for (KeyedFuture<?> future : meant) {
            RunningCall.forget(future);
            if (futures.remove(future.key(), future)) {
                if (!future.isGiven()) {
                    events.released(future.key(), future.endType());
                }
                number++;
            }
        }
        return number;
    }

    @Override
    public void close() {
        close(CallOptions.FOREVER);
    }

    @Override
    public void close(Duration timeout) {
        requireNonNull(timeout, "timeout");
        RunningCall.innermost(this::runs).ifPresent(KeyedSession::refuseToClose);
        lifecycle.close(timeout);
    }

    private static void refuseToClose(RunningCall call) {
        throw new IllegalStateException(
                "task '" + call.key() + "' cannot close the session that runs it, and that would"
                        + " wait for it; close the session outside of its tasks");
    }

    private boolean runs(RunningCall call) {
        KeyedFuture<?> future = known(call.key());
        return future != null && backend.runs(future, call);
    }

    /** Returns whether this thread runs an unfinished task of this session. */
    boolean runsTaskOnThisThread() {
        return RunningCall.innermost(this::runsUnended).isPresent();
    }

    private boolean runsUnended(RunningCall call) {
        KeyedFuture<?> future = known(call.key());
        return future != null && !future.isDone() && backend.runs(future, call);
    }

    private static String checkKey(String key) {
        requireNonNull(key, "key");
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("key must have 1 to " + MAX_KEY_LENGTH
                    + " characters that are not all blank, but is '"
                    + (key.length() > MAX_KEY_LENGTH
                            ? key.substring(0, 40) + "…', " + key.length() + " long"
                            : PlainText.inOneLine(key) + "'"));
        }
        return PlainText.check("key", key);
    }
}
