package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

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

/** Waits for many futures; results that stayed on a grid are not fetched for that. */
public final class TaskFutures {
    private TaskFutures() {}

    /**
     * Returns the futures in the order in which they end, each once, however they end.
     *
     * <p>To be iterated once, by one thread. {@code next} of the iterator waits; it throws
     * {@link TaskTimeoutException} when the timeout, counted from this call, has passed with futures still to come,
     * and {@link TaskInterruptedException} if the thread is interrupted.
     */
    public static <F extends TaskFuture<?>> Iterable<F> asCompleted(Collection<? extends F> futures, Duration timeout) {
        requireNonNull(futures, "futures");
        requireNonNull(timeout, "timeout");
        Ends<F> ends = new Ends<>(futures, timeout);
        return () -> ends;
    }

    /** Returns the futures as {@link #asCompleted(Collection, Duration)} does, without limit. */
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
            (KeptFuture.awaitEndOf(future, deadline.left()) ? done : notDone).add(future);
        }
        return new DoneAndNotDone<>(done, notDone);
    }

    /**
     * Waits until all futures have ended, without limit.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public static void waitAll(Collection<? extends TaskFuture<?>> futures) {
        waitAll(futures, CallOptions.FOREVER);
    }

    /**
     * Waits until one of the futures has ended, or the timeout has passed.
     *
     * @return the one that ended first; empty if none has in time
     * @throws IllegalArgumentException if there are no futures, as nothing would end
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public static <F extends TaskFuture<?>> Optional<F> waitAny(Collection<? extends F> futures, Duration timeout) {
        requireNonNull(futures, "futures");
        requireNonNull(timeout, "timeout");
        if (futures.isEmpty()) {
            throw new IllegalArgumentException("futures must have one future at least, but is empty");
        }
        return Optional.ofNullable(new Ends<F>(futures, timeout).poll());
    }

    /** Waits until one of the futures has ended, as {@link #waitAny(Collection, Duration)} does, without limit. */
    public static <F extends TaskFuture<?>> F waitAny(Collection<? extends F> futures) {
        return TaskFutures.<F>waitAny(futures, CallOptions.FOREVER).orElseThrow();
    }

    /**
     * What a wait for many found, each list in the order given.
     *
     * @param done the futures that have ended, however they did
     * @param notDone the others
     * @param <F> the type of the futures
     */
    public record DoneAndNotDone<F extends TaskFuture<?>>(List<F> done, List<F> notDone) {
        /** Copies the lists. */
        public DoneAndNotDone {
            done = List.copyOf(done);
            notDone = List.copyOf(notDone);
        }
    }

    /** Hands out futures as they end. Confined to the thread that iterates, but for the queue. */
    private static final class Ends<F extends TaskFuture<?>> implements Iterator<F> {
        private final BlockingQueue<F> ended = new LinkedBlockingQueue<>();
        private final Duration timeout;
        private final Deadline deadline;
        private int left;

        Ends(Collection<? extends F> futures, Duration timeout) {
            this.timeout = timeout;
            deadline = Deadline.in(timeout);
            List<F> early = new ArrayList<>();
            List<F> late = new ArrayList<>();
            for (F future : new LinkedHashSet<F>(futures)) {
                (KeptFuture.awaitEndOf(future, Duration.ZERO) ? early : late).add(future);
            }
            left = early.size() + late.size();
            early.sort(Comparator.comparing(
                    future -> KeptFuture.endOf(future).orElseThrow().endTime()));
            ended.addAll(early);
            late.forEach(future -> KeptFuture.whenEndOf(future, () -> ended.add(future)));
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
