package io.github.ignitetasks.internal.session;

import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.KeptFuture;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.PlainText;
import io.github.ignitetasks.RunningCall;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.codec.FutureReference;
import io.github.ignitetasks.internal.codec.FutureSearch;
import io.github.ignitetasks.internal.execution.Readers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that keeps one future for each key, except for keys that ended long ago. It decides which calls it accepts,
 * when their upstreams let them go, and how it closes. Subclasses carry out the calls.
 */
public abstract class KeyedSession implements TaskSession, KeptFuture.Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedSession.class);
    private static final int MAX_KEY_LENGTH = 1_024;
    private static final int MAX_CALLS = 65_536;
    private static final long MAX_BYTES = 64L << 20;

    /** How long close waits for cancelled calls while none of them ends. Workers give up sooner. */
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(5);

    /** How many times close waits for cancelled calls, provided that some of them ended each time. */
    private static final int MAX_CANCEL_ROUNDS = 6;

    private enum Phase {
        /** The session accepts calls. */
        OPEN,
        /** The session accepts only calls from its own tasks and actions. */
        CLOSING,
        /** The session accepts nothing. */
        ENDING,
        /** The session has closed everything that it opened. */
        CLOSED
    }

    private final String name;
    private final Callbacks callbacks;
    private final Readers readers;
    private final ConcurrentMap<String, KeyedFuture<?>> futures = new ConcurrentHashMap<>();
    private final Backpressure backpressure = new Backpressure(MAX_CALLS, MAX_BYTES);
    private final AtomicLong count = new AtomicLong();
    private final CompletedFutures ended = new CompletedFutures(futures);
    private final AtomicLong released = new AtomicLong();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);
    private final SessionShutdown shutdown = new SessionShutdown(this);

    /** Makes a session; the name appears in logs and in names of threads. */
    protected KeyedSession(String name) {
        this.name = name;
        this.callbacks = new Callbacks(name);
        this.readers = new Readers(name + "-readers");
    }

    /**
     * Prepares a call, without sending it.
     *
     * @throws IllegalArgumentException if the call cannot be carried, or has an upstream that is not of this session
     */
    protected abstract <R extends @Nullable Object> PreparedCall<R> prepare(
            String key, TaskCall<R> call, CallOptions options);

    /** Returns whether a call that runs in this JVM belongs to this session. */
    protected abstract boolean runs(RunningCall call);

    /**
     * Removes everything that is kept of these futures outside this session; all of them are final.
     *
     * @throws IllegalStateException if that is impossible
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    protected abstract void giveUp(Collection<? extends KeyedFuture<?>> ended) throws InterruptedException;

    /**
     * Removes everything that is kept outside this session of a key that has ended and has no future here. Returns
     * whether there was anything.
     *
     * @throws IllegalStateException if that is impossible
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    protected abstract boolean giveUp(String key) throws InterruptedException;

    /** Returns the state of a key whose future was forgotten; empty if the state is not kept any more. May block. */
    protected abstract Optional<State<?>> stateBeyond(String key);

    /** Returns the status outside this session of a key that was not submitted here. May block. */
    protected abstract KeyStatus statusBeyond(String key);

    /** Closes everything that the session opened; all futures are final by then. */
    protected abstract void closeOpened();

    /** Returns how long close waits for cancelled calls while none of them ends. */
    protected Duration cancelTimeout() {
        return CANCEL_TIMEOUT;
    }

    /** Returns whether a thread belongs to a node that ends with this session. */
    protected boolean owns(Thread thread) {
        return false;
    }

    /**
     * Ends the calls that have not ended when the JVM shuts down and their grace period is over. This cancels them,
     * unless they can go on without this JVM.
     */
    protected void endCalls() {
        cancelAll();
    }

    /**
     * Makes the session close when the JVM ends. Subclasses call this once, when the session is ready. A session that a
     * task starts is left to that task to close.
     */
    protected final void closeWithJvm() {
        if (RunningCall.current().isEmpty()) {
            shutdown.register();
        }
    }

    /** Returns the session's name. */
    protected final String name() {
        return name;
    }

    /** Returns the number of the next future; numbers increase. */
    final long nextNumber() {
        return count.incrementAndGet();
    }

    /** Returns how many calls have not ended. */
    final int calls() {
        return backpressure.calls();
    }

    /** Returns the bound on the calls that have not ended. */
    final Backpressure backpressure() {
        return backpressure;
    }

    /** Returns the threads that read results for callers with a time limit. */
    final Readers readers() {
        return readers;
    }

    /** Returns the futures that have ended. */
    final CompletedFutures ended() {
        return ended;
    }

    @Override
    public final void runAction(String key, Runnable action) {
        callbacks.runAction(key, action);
    }

    @Override
    public final void runCompletion(String key, Runnable completion) {
        callbacks.runCompletion(key, completion);
    }

    @Override
    public final <R extends @Nullable Object> TaskFuture<R> submit(String key, TaskCall<R> call, CallOptions options) {
        KeyedFuture<R> known = check(key, call, options);
        return known == null
                ? accept(key, takeRoom(key, prepare(key, call, options)), UpstreamGate::letThrough)
                : joined(known);
    }

    @Override
    public final <R extends @Nullable Object> TaskFuture<R> complete(String key, R result) {
        TaskCall<R> call = () -> result;
        KeyedFuture<R> known = check(key, call, CallOptions.none());
        if (known != null) {
            return joined(known);
        }
        refuseFutures(key, FutureSearch.in(result).futures());
        PreparedCall<R> prepared = prepare(key, call, CallOptions.none());
        refuseFutures(key, prepared.upstreams()); // the search does not find all futures
        return accept(
                key,
                takeRoom(key, prepared),
                preparedCall -> preparedCall.skip(new State.Completed<>(result, ExecutionInfo.neverRan(name))));
    }

    private static void refuseFutures(String key, List<? extends TaskFuture<?>> held) {
        if (!held.isEmpty()) {
            throw new IllegalArgumentException(
                    "the result for key '" + key + "' is refused: " + FutureReference.inResult(held));
        }
    }

    @Override
    public final KeyStatus status(String key) {
        checkKey(key);
        checkOpen();
        TaskInterruptedException.throwIfInterrupted("interrupted before the status of key '" + key + "' was asked for");
        KeyedFuture<?> known = find(key);
        if (known == null) {
            return statusBeyond(key);
        }
        return known.isDone() ? KeyStatus.of(known.endType()) : KeyStatus.RUNNING;
    }

    @Override
    public final <R extends @Nullable Object> Optional<TaskFuture<R>> trySubmit(
            String key, TaskCall<R> call, CallOptions options) {
        KeyedFuture<R> known = check(key, call, options);
        if (known != null) {
            return Optional.of(joined(known));
        }
        PreparedCall<R> preparedCall = prepare(key, call, options);
        return backpressure.tryTake(preparedCall.size())
                ? Optional.of(accept(key, preparedCall, UpstreamGate::letThrough))
                : Optional.empty();
    }

    /** Checks the arguments of a submission; returns the future of the key, if there is one. */
    private <R extends @Nullable Object> @Nullable KeyedFuture<R> check(
            String key, TaskCall<R> call, CallOptions options) {
        checkKey(key);
        requireNonNull(call, "call");
        requireNonNull(options, "options");
        checkOpen();
        return find(key);
    }

    private <R extends @Nullable Object> PreparedCall<R> takeRoom(String key, PreparedCall<R> preparedCall) {
        if (backpressure.tryTake(preparedCall.size())) {
            return preparedCall;
        }
        try {
            return RunningCall.lendSlotWhile(() -> {
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
            String key, PreparedCall<R> preparedCall, Consumer<PreparedCall<R>> then) {
        KeyedFuture<R> future = preparedCall.future();
        future.takesRoom(preparedCall.size());
        @SuppressWarnings("unchecked") // the first call under a key determines its type
        KeyedFuture<R> other = (KeyedFuture<R>) futures.putIfAbsent(key, future);
        if (other != null) {
            future.leaveRoom();
            return joined(other);
        }
        if (!isAccepting()) {
            futures.remove(key);
            future.complete(new State.Cancelled<>(false, ExecutionInfo.neverRan(future.node())));
            checkOpen();
        }
        RunningCall.learn(future);
        then.accept(preparedCall);
        return future;
    }

    /** Returns the future of a key; null if this session has none. */
    @SuppressWarnings("unchecked") // the first call under a key determines its type
    protected final <R extends @Nullable Object> @Nullable KeyedFuture<R> find(String key) {
        return (KeyedFuture<R>) futures.get(key);
    }

    /**
     * Returns the known future of a key. A task may submit its own key, but may not wait for the future that it gets.
     */
    private static <R extends @Nullable Object> TaskFuture<R> joined(KeyedFuture<R> known) {
        boolean own = RunningCall.current()
                .filter(call -> call.key().equals(known.key()))
                .isPresent();
        if (!own) {
            RunningCall.learn(known);
        }
        return known;
    }

    @Override
    public final Optional<State<?>> await(String key, Duration timeout) {
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
                    () -> readers.within(TimeUnit.NANOSECONDS.convert(timeout), key, () -> stateBeyond(key)));
        } catch (InterruptedException e) {
            throw new TaskInterruptedException("interrupted while the grid was asked for key '" + key + "'", e);
        }
    }

    @Override
    public final boolean release(String key) {
        KeyedFuture<?> future = futures.get(checkKey(key));
        if (future != null) {
            return future.release();
        }
        checkNotClosed();
        TaskInterruptedException.throwIfInterrupted("interrupted before key '" + key + "' was released");
        try {
            return giveUp(key);
        } catch (InterruptedException e) {
            throw new TaskInterruptedException("interrupted while key '" + key + "' was released", e);
        }
    }

    @Override
    public final int release(Collection<? extends KeptFuture<?>> given) {
        checkNotClosed();
        TaskInterruptedException.throwIfInterrupted("interrupted before " + given.size() + " tasks were released");
        List<KeyedFuture<?>> meant = new ArrayList<>(given.size());
        for (KeptFuture<?> future : given) {
            if (future instanceof KeyedFuture<?> own && own.isDone() && ended.recall(own)) {
                RunningCall.checkMayRelease(own);
                meant.add(own);
            }
        }
        meant.forEach(KeyedFuture::markReleased); // first, so that readers that miss the state know the reason
        try {
            giveUp(meant);
        } catch (InterruptedException e) {
            throw new TaskInterruptedException("interrupted while " + meant.size() + " tasks were released", e);
        }
        int count = 0;
        for (KeyedFuture<?> future : meant) {
            RunningCall.forget(future);
            count += futures.remove(future.key(), future) ? 1 : 0;
        }
        released.addAndGet(count);
        return count;
    }

    @Override
    public final void close() {
        close(CallOptions.FOREVER);
    }

    @Override
    public final void close(Duration timeout) {
        requireNonNull(timeout, "timeout");
        RunningCall.innermost(this::runs).ifPresent(KeyedSession::refuseToClose);
        if (!phase.compareAndSet(Phase.OPEN, Phase.CLOSING)) {
            return;
        }
        shutdown.onClosing();
        boolean interrupted = false;
        try {
            interrupted = !awaitQuiet(timeout);
            phase.set(Phase.ENDING);
            if (backpressure.calls() > 0) {
                endRest();
            }
            interrupted |= Thread.interrupted(); // the code that closes the rest must not see the interrupt
            interrupted = interrupted || !awaitCallbacks();
        } finally {
            callbacks.close();
            readers.close();
            logSummary();
            closeOpened();
            phase.set(Phase.CLOSED);
            shutdown.onClosed();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void refuseToClose(RunningCall call) {
        throw new IllegalStateException(
                "task '" + call.key() + "' cannot close the session that runs it, and that would"
                        + " wait for it; close the session outside of its tasks");
    }

    /**
     * Waits until no accepted call and nothing that follows from one is left. It gives up when the timeout passes, or
     * when an action does not end. Returns false, with the interrupt flag cleared, if this thread is interrupted.
     */
    private boolean awaitQuiet(Duration timeout) {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        try {
            RunningCall.lendSlotWhile(() -> {
                long seen;
                boolean inTime;
                do {
                    seen = count.get();
                    inTime = awaitFutures(deadline) && callbacks.awaitNoneDue(deadline - System.nanoTime());
                } while (inTime && (count.get() != seen || backpressure.calls() > 0));
                return inTime;
            });
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Ends the calls that did not end in time; from here on the session accepts nothing. */
    final void endRest() {
        phase.compareAndSet(Phase.CLOSING, Phase.ENDING);
        if (shutdown.isOverdue()) {
            endCalls();
        } else {
            cancelAll();
        }
    }

    /** Returns the futures that are not final, latest first. */
    protected final List<KeyedFuture<?>> pending() {
        return futures.values().stream()
                .filter(future -> !future.isDone())
                .sorted(comparingLong(KeyedFuture<?>::number).reversed())
                .toList();
    }

    /**
     * Waits for the actions that are due. Returns false, with the interrupt flag cleared, if this thread is
     * interrupted.
     */
    private boolean awaitCallbacks() {
        try {
            RunningCall.lendSlotWhile(() -> callbacks.awaitNoneDue(Long.MAX_VALUE));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Waits until all futures are final and have queued their actions; returns false if the deadline passes first. */
    private boolean awaitFutures(long deadline) throws InterruptedException {
        if (backpressure.calls() > 0) {
            for (KeyedFuture<?> future : futures.values()) {
                future.awaitDone(Math.max(0, deadline - System.nanoTime()));
                if (!future.isDone()) {
                    return false;
                }
            }
        }
        return backpressure.awaitEmpty(deadline - System.nanoTime());
    }

    /** Cancels the calls that have not ended. If this thread is interrupted meanwhile, the interrupt flag stays set. */
    private void cancelAll() {
        // latest first: a waiting call must not start because an earlier call was cancelled
        pending().forEach(TaskFuture::cancel);
        try {
            RunningCall.lendSlotWhile(this::awaitCancelled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        futures.values().forEach(KeyedSession::endCancelled);
    }

    /** Waits for cancelled calls; returns false if none has ended for a while, or all rounds are over. */
    private boolean awaitCancelled() throws InterruptedException {
        int left = backpressure.calls();
        for (int round = 0;
                round < MAX_CANCEL_ROUNDS
                        && !backpressure.awaitEmpty(cancelTimeout().toNanos());
                round++) {
            int before = left;
            left = backpressure.calls();
            if (left == before) {
                return false;
            }
        }
        return left == 0;
    }

    /**
     * Completes a future that has not ended, so that no future stays without a state, and logs code that still runs.
     */
    private static <R extends @Nullable Object> void endCancelled(KeyedFuture<R> future) {
        future.complete(new State.Cancelled<>(true, ExecutionInfo.neverRan(future.node())));
        if (future.endType() == StateType.CANCELLED
                && future.state().orElseThrow() instanceof State.Cancelled<R> cancelled
                && cancelled.stillRunning()) {
            LOG.warn("task '{}' on node {} was cancelled but runs on", future.key(), cancelled.node());
        }
    }

    private void logSummary() {
        if (LOG.isInfoEnabled()) {
            Stream<String> left = ended.ends().entrySet().stream()
                    .filter(end -> end.getValue() > 0)
                    .map(end -> end.getValue() + " " + end.getKey());
            Stream<String> gone = Stream.of(released + " released").filter(any -> released.get() > 0);
            String summary = Stream.concat(left, gone).collect(joining(", "));
            LOG.info("{} closed: {}", name, summary.isEmpty() ? "nothing was submitted" : summary);
        }
    }

    private boolean isAccepting() {
        Phase now = phase.get();
        return now == Phase.OPEN || (now == Phase.CLOSING && followsFromWhatWasAccepted());
    }

    /**
     * Returns whether this thread runs an unfinished task of this session, or an action or stage of one of its futures.
     */
    private boolean followsFromWhatWasAccepted() {
        return callbacks.isOnThisThread()
                || RunningCall.innermost(this::runsUnended).isPresent();
    }

    private boolean runsUnended(RunningCall call) {
        KeyedFuture<?> future = find(call.key());
        return future != null && !future.isDone() && runs(call);
    }

    private void checkOpen() {
        if (!isAccepting()) {
            throw new IllegalStateException("session " + name + " is closed; start another by its runner");
        }
    }

    private void checkNotClosed() {
        if (phase.get() == Phase.CLOSED) {
            checkOpen();
        }
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
