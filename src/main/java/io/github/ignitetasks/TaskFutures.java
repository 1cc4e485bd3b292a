package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.base.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Waits for many futures at once. Waiting does not fetch results that stayed on a grid. Safe to share between threads.
 */
public final class TaskFutures {
    private TaskFutures() {}

    /**
     * Returns the futures in the order in which they end, in whatever state; each future appears once. Futures may be
     * added meanwhile.
     *
     * @param timeout the time, counted from this call, within which all futures should end; see {@link
     *     AsCompleted#iterator()}
     */
    public static <F extends TaskFuture<?>> AsCompleted<F> asCompleted(
            Collection<? extends F> futures, Duration timeout) {
        return new AsCompleted<>(requireNonNull(futures, "futures"), requireNonNull(timeout, "timeout"));
    }

    /** Returns the futures as {@link #asCompleted(Collection, Duration)} does, without a time limit. */
    public static <F extends TaskFuture<?>> AsCompleted<F> asCompleted(Collection<? extends F> futures) {
        return asCompleted(futures, CallOptions.FOREVER);
    }

    /**
     * Waits until all futures have ended, or the timeout has passed.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public static <F extends TaskFuture<?>> DoneAndNotDone<F> waitAll(
            Collection<? extends F> futures, Duration timeout) {
        requireNonNull(futures, "futures");
        Deadline deadline = Deadline.in(requireNonNull(timeout, "timeout"));
        List<F> done = new ArrayList<>();
        List<F> notDone = new ArrayList<>();
        for (F future : new LinkedHashSet<F>(futures)) {
            (future.await(deadline.left()).isPresent() ? done : notDone).add(future);
        }
        return new DoneAndNotDone<>(done, notDone);
    }

    /**
     * Waits until all futures have ended, without a time limit.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public static void waitAll(Collection<? extends TaskFuture<?>> futures) {
        waitAll(futures, CallOptions.FOREVER);
    }

    /**
     * Waits until one of the futures has ended, or the timeout has passed.
     *
     * @return the future that ended first; empty if none has ended within the timeout
     * @throws IllegalArgumentException if there are no futures, because the wait would never end
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public static <F extends TaskFuture<?>> Optional<F> waitAny(Collection<? extends F> futures, Duration timeout) {
        requireNonNull(futures, "futures");
        requireNonNull(timeout, "timeout");
        if (futures.isEmpty()) {
            throw new IllegalArgumentException("futures must have one future at least, but is empty");
        }
        AsCompleted<F> ends = new AsCompleted<>(futures, timeout);
        try {
            return Optional.ofNullable(ends.poll());
        } finally {
            ends.withdraw();
        }
    }

    /**
     * Waits until one of the futures has ended, as {@link #waitAny(Collection, Duration)} does, without a time limit.
     */
    public static <F extends TaskFuture<?>> F waitAny(Collection<? extends F> futures) {
        return TaskFutures.<F>waitAny(futures, CallOptions.FOREVER).orElseThrow();
    }

    /**
     * Waits until one of the futures has ended without a result, or all have completed, or the timeout has passed.
     *
     * @return the future that ended first without a result; empty if there is none
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public static <F extends TaskFuture<?>> Optional<F> waitFirstFailure(
            Collection<? extends F> futures, Duration timeout) {
        AsCompleted<F> ends = new AsCompleted<>(requireNonNull(futures, "futures"), requireNonNull(timeout, "timeout"));
        try {
            while (ends.isMore()) {
                F ended = ends.poll();
                if (ended == null) {
                    break; // the timeout has passed
                }
                if (ended.state().filter(state -> !state.isCompleted()).isPresent()) {
                    return Optional.of(ended);
                }
            }
            return Optional.empty();
        } finally {
            ends.withdraw();
        }
    }

    /** Waits as {@link #waitFirstFailure(Collection, Duration)} does, without a time limit. */
    public static <F extends TaskFuture<?>> Optional<F> waitFirstFailure(Collection<? extends F> futures) {
        return TaskFutures.<F>waitFirstFailure(futures, CallOptions.FOREVER);
    }

    /**
     * The result of a wait for many futures; each list is in the given order. Immutable, safe to share.
     *
     * @param done the futures that have ended, in whatever state
     * @param notDone the futures that have not ended
     * @param <F> the type of the futures
     */
    public record DoneAndNotDone<F extends TaskFuture<?>>(List<F> done, List<F> notDone) {
        /** Copies the lists. */
        public DoneAndNotDone {
            done = List.copyOf(done);
            notDone = List.copyOf(notDone);
        }
    }
}
