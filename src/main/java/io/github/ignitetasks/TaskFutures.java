package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.base.Deadline;
import io.github.ignitetasks.internal.context.RunningCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for many futures at once. Waiting does not fetch results that stayed on a grid. Safe to share between threads.
 */
public final class TaskFutures {
    private TaskFutures() {}

    /**
     * Returns the futures in the order in which they end, in whatever state; each future appears once.
     *
     * <p>Iterate the result once, from one thread. The iterator's {@code next} blocks until another future has ended.
     * It throws {@link TaskTimeoutException} when the timeout, counted from this call, has passed before all futures
     * have ended. It throws {@link TaskInterruptedException} if the thread is interrupted.
     */
    public static <F extends TaskFuture<?>> Iterable<F> asCompleted(Collection<? extends F> futures, Duration timeout) {
        requireNonNull(futures, "futures");
        requireNonNull(timeout, "timeout");
        EndedFutures<F> ends = new EndedFutures<>(futures, timeout);
        return () -> ends;
    }

    /** Returns the futures as {@link #asCompleted(Collection, Duration)} does, without a time limit. */
    public static <F extends TaskFuture<?>> Iterable<F> asCompleted(Collection<? extends F> futures) {
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
        EndedFutures<F> ends = new EndedFutures<>(futures, timeout);
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

    /** Iterates over futures in the order in which they end. Only the iterating thread uses it, except the queue. */
    private static final class EndedFutures<F extends TaskFuture<?>> implements Iterator<F> {
        private final BlockingQueue<F> ended = new LinkedBlockingQueue<>();
        private final List<Runnable> withdrawals = new ArrayList<>();
        private final Duration timeout;
        private final Deadline deadline;
        private int left;

        EndedFutures(Collection<? extends F> futures, Duration timeout) {
            this.timeout = timeout;
            deadline = Deadline.in(timeout);
            List<F> early = new ArrayList<>();
            List<F> late = new ArrayList<>();
            for (F future : new LinkedHashSet<F>(futures)) {
                (future.await(Duration.ZERO).isPresent() ? early : late).add(future);
            }
            left = early.size() + late.size();
            early.sort(
                    Comparator.comparing(future -> future.state().orElseThrow().endTime()));
            ended.addAll(early);
            late.forEach(future -> withdrawals.add(Ends.whenEnded(future, owner -> ended.add(future))));
        }

        /** Stops listening to the futures that have not ended. */
        void withdraw() {
            withdrawals.forEach(Runnable::run);
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public F next() {
            if (left == 0) {
                throw new NoSuchElementException("all futures have ended and were returned");
            }
            F next = poll();
            if (next == null) {
                throw new TaskTimeoutException(left + " tasks have not ended after " + timeout);
            }
            left--;
            return next;
        }

        private @Nullable F poll() {
            F ready = ended.poll();
            if (ready != null) {
                return ready;
            }
            try {
                return RunningCall.lendSlotWhile(
                        () -> ended.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
            } catch (InterruptedException e) {
                throw new TaskInterruptedException("interrupted while waiting for " + left + " tasks to end", e);
            }
        }
    }
}
