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
    public static <R extends @Nullable Object> Iterable<TaskFuture<R>> asCompleted(
            Collection<? extends TaskFuture<R>> futures, Duration timeout) {
        requireNonNull(futures, "futures");
        requireNonNull(timeout, "timeout");
        Ends<R> ends = new Ends<>(futures, timeout);
        return () -> ends;
    }

    /**
     * Waits until all futures have ended, or the timeout has passed.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public static <R extends @Nullable Object> DoneAndNotDone<R> waitAll(
            Collection<? extends TaskFuture<R>> futures, Duration timeout) {
        requireNonNull(futures, "futures");
        Deadline deadline = Deadline.in(requireNonNull(timeout, "timeout"));
        List<TaskFuture<R>> done = new ArrayList<>();
        List<TaskFuture<R>> notDone = new ArrayList<>();
        for (TaskFuture<R> future : new LinkedHashSet<>(futures)) {
            (KeptFuture.awaitEndOf(future, deadline.left()) ? done : notDone).add(future);
        }
        return new DoneAndNotDone<>(done, notDone);
    }

    /**
     * What a wait for many found, each list in the order given.
     *
     * @param done the futures that have ended, however they did
     * @param notDone the others
     * @param <R> the type of the results
     */
    public record DoneAndNotDone<R extends @Nullable Object>(List<TaskFuture<R>> done, List<TaskFuture<R>> notDone) {
        /** Copies the lists. */
        public DoneAndNotDone {
            done = List.copyOf(done);
            notDone = List.copyOf(notDone);
        }
    }

    /** Hands out futures as they end. Confined to the thread that iterates, but for the queue. */
    private static final class Ends<R extends @Nullable Object> implements Iterator<TaskFuture<R>> {
        private final BlockingQueue<TaskFuture<R>> ended = new LinkedBlockingQueue<>();
        private final Duration timeout;
        private final Deadline deadline;
        private int left;

        Ends(Collection<? extends TaskFuture<R>> futures, Duration timeout) {
            this.timeout = timeout;
            deadline = Deadline.in(timeout);
            List<TaskFuture<R>> early = new ArrayList<>();
            List<TaskFuture<R>> late = new ArrayList<>();
            for (TaskFuture<R> future : new LinkedHashSet<>(futures)) {
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
        public TaskFuture<R> next() {
            if (left == 0) {
                throw new NoSuchElementException("all futures have ended and were returned");
            }
            TaskFuture<R> next = poll();
            if (next == null) {
                throw new TaskTimeoutException(left + " tasks have not ended after " + timeout);
            }
            left--;
            return next;
        }

        private @Nullable TaskFuture<R> poll() {
            TaskFuture<R> ready = ended.poll();
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
