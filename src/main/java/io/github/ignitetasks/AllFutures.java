package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One future that stands for many. It holds nothing but the futures, so a call that captures it reaches each of them.
 * Safe to share between threads.
 */
final class AllFutures<R extends @Nullable Object> implements TaskFuture<List<R>> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(AllFutures.class);
    private static final int KEYS_SHOWN = 3;

    @SuppressWarnings("serial") // an unmodifiable list of the JDK is serializable
    private final List<TaskFuture<? extends R>> parts;

    /** The part that decides the state; written once, under the lock of this object. */
    private transient volatile @Nullable TaskFuture<? extends R> notCompleted;

    /** The actions that wait for the end; null before the first, and written once under the lock of this object. */
    private transient volatile @Nullable List<Consumer<Optional<KeptFuture.Keeper>>> waiting;

    /** How this future ended; null before the end. */
    private transient volatile @Nullable End end;

    /** The keeper of the part that ended last, if that part has one. */
    private record End(Optional<KeptFuture.Keeper> lastKeeper) {}

    AllFutures(List<? extends TaskFuture<? extends R>> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public String key() {
        String more = parts.size() > KEYS_SHOWN ? ", … " + parts.size() + " in all" : "";
        return parts.stream().limit(KEYS_SHOWN).map(TaskFuture::key).collect(joining(", ", "all(", more + ")"));
    }

    @Override
    public Optional<State<List<R>>> state() {
        return isDone() ? Optional.of(joined()) : Optional.empty();
    }

    /** Returns whether all parts have ended, or one of them ended without a result. */
    @Override
    public boolean isDone() {
        return firstNotCompleted().isPresent() || parts.stream().allMatch(TaskFuture::isDone);
    }

    /** Returns the first part that was seen to have ended without a result. Later calls return the same part. */
    private Optional<TaskFuture<? extends R>> firstNotCompleted() {
        if (notCompleted == null) {
            parts.stream().filter(KeptFuture::hasNotCompleted).findFirst().ifPresent(this::keepAsFirst);
        }
        return Optional.ofNullable(notCompleted);
    }

    private synchronized void keepAsFirst(TaskFuture<? extends R> part) {
        if (notCompleted == null) {
            notCompleted = part;
        }
    }

    /** Returns whether one part has ended without a result. */
    boolean hasNotCompleted() {
        return firstNotCompleted().isPresent();
    }

    /** Returns the state if it is final, else empty. Reads no result. */
    Optional<State<List<R>>> end() {
        if (!isDone()) {
            return Optional.empty();
        }
        Optional<TaskFuture<? extends R>> failed = firstNotCompleted();
        return Optional.of(
                failed.isPresent()
                        ? notReady(failed.get(), KeptFuture.endOf(failed.get()).orElseThrow())
                        : State.Completed.withResultElsewhere(trace(parts.stream()
                                .map(part -> KeptFuture.endOf(part).orElseThrow())
                                .toList())));
    }

    /** Returns whether the state is final and can be assembled without reading or fetching a result. */
    boolean isStateAtHand() {
        Optional<TaskFuture<? extends R>> failed = firstNotCompleted();
        return failed.isPresent()
                ? KeptFuture.isStateAtHandOf(failed.get())
                : parts.stream().allMatch(KeptFuture::isStateAtHandOf);
    }

    @Override
    public Optional<State<List<R>>> await(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        if (!awaitEnd(timeout)) {
            return Optional.empty();
        }
        Optional<TaskFuture<? extends R>> failed = firstNotCompleted();
        if (failed.isPresent()) {
            return failed.get().await(deadline.left()).map(state -> notReady(failed.get(), state));
        }
        List<State<? extends R>> states = new ArrayList<>(parts.size());
        for (TaskFuture<? extends R> part : parts) {
            Optional<? extends State<? extends R>> state = part.await(deadline.left());
            if (state.isEmpty()) {
                return Optional.empty(); // reading the result takes too long
            }
            states.add(state.get());
        }
        return Optional.of(joined(states));
    }

    /**
     * Waits until all parts have ended, or one of them without a result. Fetches no result.
     *
     * @return whether they ended within the timeout
     */
    boolean awaitEnd(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        parts.forEach(part -> KeptFuture.awaitEndOf(part, Duration.ZERO)); // throws if a task must not wait for a part
        if (isDone() || timeout.isZero() || timeout.isNegative()) {
            return isDone();
        }
        CountDownLatch ended = new CountDownLatch(1);
        Consumer<Optional<KeptFuture.Keeper>> wake = keeper -> ended.countDown();
        whenEnded(wake);
        try {
            RunningCall.lendSlotWhile(() -> ended.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw new TaskInterruptedException("interrupted while waiting for " + key(), e);
        } finally {
            withdraw(wake);
        }
        return isDone();
    }

    @Override
    public boolean cancel() {
        boolean any = false;
        for (TaskFuture<? extends R> part : parts) {
            any |= part.cancel();
        }
        return any;
    }

    /** Releases all parts; those of one session are released together. */
    @Override
    public boolean release() {
        boolean any = false;
        Map<KeptFuture.Keeper, Set<KeptFuture<?>>> kept = new HashMap<>();
        for (TaskFuture<? extends R> part : parts) {
            if (part instanceof KeptFuture<?> future) {
                kept.computeIfAbsent(future.keeper(), keeper -> new HashSet<>()).add(future);
            } else {
                any |= part.release();
            }
        }
        for (Map.Entry<KeptFuture.Keeper, Set<KeptFuture<?>>> keeper : kept.entrySet()) {
            any |= keeper.getKey().release(keeper.getValue()) > 0;
        }
        return any;
    }

    @Override
    public void whenDone(Consumer<? super State<List<R>>> action) {
        Runnable withState = () -> runLogged(action);
        if (isStateAtHand()) {
            withState.run();
        } else {
            whenEnded(keeper -> keeper.ifPresentOrElse(last -> runAction(last, withState), withState));
        }
    }

    private void runLogged(Consumer<? super State<List<R>>> action) {
        try {
            action.accept(joined());
        } catch (RuntimeException | Error e) {
            LOG.warn("an action attached to future '{}' threw", key(), e);
        }
    }

    private void runAction(KeptFuture.Keeper last, Runnable withState) {
        if (isStateAtHand()) {
            last.runAction(key(), withState);
        } else {
            last.runAction(key(), this::joined, withState);
        }
    }

    /**
     * Calls an action of this library once all parts have ended, or one of them without a result. It runs as with
     * {@link KeptFuture#whenEnded}. The action gets the keeper of the part that ended last, if that part has a keeper.
     */
    void whenEnded(Consumer<Optional<KeptFuture.Keeper>> action) {
        boolean first = waiting == null && startWaiting();
        waiting().add(action);
        if (first) {
            listenToParts();
        } else if (end != null) {
            runWaiting(end);
        }
    }

    /** Takes back an action that has not been called. */
    void withdraw(Consumer<Optional<KeptFuture.Keeper>> action) {
        if (waiting != null) {
            waiting().remove(action);
        }
    }

    private synchronized boolean startWaiting() {
        if (waiting != null) {
            return false;
        }
        waiting = new CopyOnWriteArrayList<>();
        return true;
    }

    private List<Consumer<Optional<KeptFuture.Keeper>>> waiting() {
        return requireNonNull(waiting, "an action was added before");
    }

    /** Listens to each part once, however often this future is waited for. */
    private void listenToParts() {
        if (parts.isEmpty()) {
            runWaiting(new End(Optional.empty()));
            return;
        }
        AtomicInteger pending = new AtomicInteger(parts.size());
        for (TaskFuture<? extends R> part : parts) {
            Consumer<Optional<KeptFuture.Keeper>> onEnd = keeper -> {
                boolean isOver = KeptFuture.hasNotCompleted(part)
                        ? pending.getAndSet(0) > 0
                        : pending.getAndUpdate(left -> Math.max(0, left - 1)) == 1;
                if (isOver) {
                    runWaiting(new End(keeper));
                }
            };
            if (part instanceof KeptFuture<?> kept) {
                kept.whenEnded(() -> onEnd.accept(Optional.of(kept.keeper())));
            } else if (part instanceof AllFutures<?> all) {
                all.whenEnded(onEnd);
            } else {
                part.whenDone(state -> onEnd.accept(Optional.empty()));
            }
        }
    }

    /** Calls what waits, each action once; an action that is added meanwhile is called by the thread that adds it. */
    private void runWaiting(End how) {
        end = how;
        for (Consumer<Optional<KeptFuture.Keeper>> action : waiting()) {
            if (waiting().remove(action)) {
                action.accept(how.lastKeeper());
            }
        }
    }

    /**
     * Returns the results; throws with the exception of the part that did not complete, which this method may have to
     * read.
     */
    @Override
    public List<R> result(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        State<List<R>> state =
                await(timeout).orElseThrow(() -> new TaskTimeoutException(key() + " has no result after " + timeout));
        Optional<TaskFuture<? extends R>> failed = firstNotCompleted();
        if (failed.isPresent()) {
            try {
                R unused = failed.get().result(deadline.left());
            } catch (NotCompletedException e) {
                throw new NotCompletedException(key(), notReady(failed.get(), e.state()));
            }
        }
        if (!state.isCompleted()) {
            throw new NotCompletedException(key(), state);
        }
        return state.result();
    }

    /** Returns the state; call this only once the state is final. */
    private State<List<R>> joined() {
        Optional<TaskFuture<? extends R>> failed = firstNotCompleted();
        if (failed.isPresent()) {
            return notReady(failed.get(), failed.get().state().orElseThrow());
        }
        List<State<? extends R>> states = new ArrayList<>(parts.size());
        for (TaskFuture<? extends R> part : parts) {
            states.add(part.state().orElseThrow());
        }
        return joined(states);
    }

    private State<List<R>> joined(List<State<? extends R>> states) {
        for (int i = 0; i < states.size(); i++) {
            if (!states.get(i).isCompleted()) { // its result could not be read
                return notReady(parts.get(i), states.get(i));
            }
        }
        List<R> results = new ArrayList<>(states.size());
        for (State<? extends R> state : states) {
            results.add(state.result());
        }
        return new State.Completed<>(results, trace(states));
    }

    private static <R extends @Nullable Object> State<List<R>> notReady(TaskFuture<?> part, State<?> ended) {
        return State.NotReady.because(part.key(), ended, trace(List.of(ended)));
    }

    private static ExecutionInfo trace(List<? extends State<?>> states) {
        Instant start = states.stream()
                .map(State::startTime)
                .min(Comparator.naturalOrder())
                .orElseGet(Instant::now);
        Optional<? extends State<?>> last = states.stream().max(Comparator.comparing(State::endTime));
        return new ExecutionInfo(
                start,
                last.map(State::endTime).orElse(start),
                last.map(State::node).orElse(""),
                0);
    }

    @Override
    public String toString() {
        return key();
    }
}
