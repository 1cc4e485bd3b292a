package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.internal.base.Deadline;
import io.github.ignitetasks.internal.context.FutureOwner;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.context.SessionFuture;
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
    private transient volatile @Nullable List<Consumer<Optional<FutureOwner>>> waiting;

    /** How this future ended; null before the end. */
    private transient volatile @Nullable End end;

    /** The owner of the part that ended last, if that part has one. */
    private record End(Optional<FutureOwner> lastOwner) {}

    AllFutures(List<? extends TaskFuture<? extends R>> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public String key() {
        String more = parts.size() > KEYS_SHOWN ? ", … " + parts.size() + " in all" : "";
        return parts.stream().limit(KEYS_SHOWN).map(TaskFuture::key).collect(joining(", ", "all(", more + ")"));
    }

    /** Returns the state, whose results are read when they are asked for. */
    @Override
    public Optional<State<List<R>>> state() {
        if (!isDone()) {
            return Optional.empty();
        }
        Optional<TaskFuture<? extends R>> failed = firstNotCompleted();
        return Optional.of(
                failed.isPresent()
                        ? notReady(failed.get(), failed.get().state().orElseThrow())
                        : State.Completed.lazily(this::results, executionInfo(states())));
    }

    private List<State<?>> states() {
        return parts.stream().<State<?>>map(part -> part.state().orElseThrow()).toList();
    }

    private List<R> results() {
        List<R> results = new ArrayList<>(parts.size());
        for (TaskFuture<? extends R> part : parts) {
            results.add(part.result());
        }
        return results;
    }

    /** Returns whether all parts have ended, or one of them ended without a result. */
    @Override
    public boolean isDone() {
        return firstNotCompleted().isPresent() || parts.stream().allMatch(TaskFuture::isDone);
    }

    /** Returns whether the results, or the exception of the part that did not complete, can be had at once. */
    boolean isResultAtHand() {
        Optional<TaskFuture<? extends R>> failed = firstNotCompleted();
        return failed.isPresent()
                ? Ends.isResultAtHand(failed.get())
                : parts.stream().allMatch(Ends::isResultAtHand);
    }

    /** Returns the first part that was seen to have ended without a result. Later calls return the same part. */
    private Optional<TaskFuture<? extends R>> firstNotCompleted() {
        if (notCompleted == null) {
            parts.stream().filter(AllFutures::hasNotCompleted).findFirst().ifPresent(this::keepAsFirst);
        }
        return Optional.ofNullable(notCompleted);
    }

    private static boolean hasNotCompleted(TaskFuture<?> part) {
        return part.state().filter(state -> !state.isCompleted()).isPresent();
    }

    private synchronized void keepAsFirst(TaskFuture<? extends R> part) {
        if (notCompleted == null) {
            notCompleted = part;
        }
    }

    @Override
    public Optional<State<List<R>>> await(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        parts.forEach(part -> part.await(Duration.ZERO)); // throws if a task must not wait for a part
        if (isDone() || timeout.isZero() || timeout.isNegative()) {
            return state();
        }
        CountDownLatch ended = new CountDownLatch(1);
        Runnable withdraw = whenEnded(owner -> ended.countDown());
        try {
            RunningCall.lendSlotWhile(
                    this::key, () -> ended.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw new TaskInterruptedException("interrupted while waiting for " + key(), e);
        } finally {
            withdraw.run();
        }
        return state();
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
        Map<FutureOwner, Set<SessionFuture>> owned = new HashMap<>();
        for (TaskFuture<? extends R> part : parts) {
            if (part instanceof SessionFuture future) {
                owned.computeIfAbsent(future.owner(), owner -> new HashSet<>()).add(future);
            } else {
                any |= part.release();
            }
        }
        for (Map.Entry<FutureOwner, Set<SessionFuture>> owner : owned.entrySet()) {
            any |= owner.getKey().release(owner.getValue()) > 0;
        }
        return any;
    }

    @Override
    public void whenDone(Consumer<? super State<List<R>>> action) {
        Runnable withState = () -> runLogged(action);
        if (isDone()) {
            withState.run();
        } else {
            Runnable unused =
                    whenEnded(owner -> owner.ifPresentOrElse(last -> last.runAction(key(), withState), withState));
        }
    }

    private void runLogged(Consumer<? super State<List<R>>> action) {
        try {
            action.accept(state().orElseThrow());
        } catch (RuntimeException | Error e) {
            LOG.warn("an action attached to future '{}' threw", key(), e);
        }
    }

    /**
     * Calls an action of this library once all parts have ended, or one of them without a result. It runs as with
     * {@link SessionFuture#whenEnded}. The action gets the owner of the part that ended last, if that part has one.
     *
     * @return takes the action back, if it has not been called
     */
    Runnable whenEnded(Consumer<Optional<FutureOwner>> action) {
        boolean first = waiting == null && startWaiting();
        waiting().add(action);
        if (first) {
            listenToParts();
        } else if (end != null) {
            runWaiting(end);
        }
        return () -> waiting().remove(action);
    }

    private synchronized boolean startWaiting() {
        if (waiting != null) {
            return false;
        }
        waiting = new CopyOnWriteArrayList<>();
        return true;
    }

    private List<Consumer<Optional<FutureOwner>>> waiting() {
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
            Consumer<Optional<FutureOwner>> onEnd = owner -> {
                boolean isOver = hasNotCompleted(part)
                        ? pending.getAndSet(0) > 0
                        : pending.getAndUpdate(left -> Math.max(0, left - 1)) == 1;
                if (isOver) {
                    runWaiting(new End(owner));
                }
            };
            Runnable unused = Ends.whenEnded(part, onEnd);
        }
    }

    /** Calls what waits, each action once; an action that is added meanwhile is called by the thread that adds it. */
    private void runWaiting(End how) {
        end = how;
        for (Consumer<Optional<FutureOwner>> action : waiting()) {
            if (waiting().remove(action)) {
                action.accept(how.lastOwner());
            }
        }
    }

    /** Returns the results. They are read here, within the timeout if their futures can read within one. */
    @Override
    public List<R> result(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        State<List<R>> state =
                await(timeout).orElseThrow(() -> new TaskTimeoutException(key() + " has no result after " + timeout));
        if (!state.isCompleted()) {
            throw new NotCompletedException(key(), state);
        }
        List<R> results = new ArrayList<>(parts.size());
        for (TaskFuture<? extends R> part : parts) {
            results.add(part.result(deadline.left()));
        }
        return results;
    }

    /** Ends once all parts have, unlike this future. */
    @Override
    public TaskFuture<State<List<R>>> settled() {
        List<TaskFuture<State<R>>> ends = new ArrayList<>(parts.size());
        for (TaskFuture<? extends R> part : parts) {
            ends.add(endOf(part));
        }
        return new SettledAll<>(
                TaskFuture.all(ends), key(), parts.stream().map(TaskFuture::key).toList());
    }

    @SuppressWarnings("unchecked") // a state is immutable, so a state of a subtype is one of the type
    private static <R extends @Nullable Object> TaskFuture<State<R>> endOf(TaskFuture<? extends R> part) {
        return ((TaskFuture<R>) part).settled();
    }

    private static <R extends @Nullable Object> State<List<R>> notReady(TaskFuture<?> part, State<?> ended) {
        return State.NotReady.because(part.key(), ended, executionInfo(List.of(ended)));
    }

    private static ExecutionInfo executionInfo(List<? extends State<?>> states) {
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
