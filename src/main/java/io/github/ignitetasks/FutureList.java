package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Many futures in a given order, with what is often done to all of them. A call that captures the list has all of its
 * futures as upstreams.
 *
 * <p>Unmodifiable; safe to share between threads.
 *
 * @param <R> the type of the results
 */
public class FutureList<R extends @Nullable Object> extends AbstractList<TaskFuture<R>>
        implements RandomAccess, Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an unmodifiable list of the JDK is serializable
    private final List<TaskFuture<R>> futures;

    FutureList(Collection<? extends TaskFuture<R>> futures) {
        this.futures = List.copyOf(futures);
    }

    /** Returns a list of these futures, in their order. */
    public static <R extends @Nullable Object> FutureList<R> of(Collection<? extends TaskFuture<R>> futures) {
        return new FutureList<>(requireNonNull(futures, "futures"));
    }

    @Override
    public final TaskFuture<R> get(int index) {
        return futures.get(index);
    }

    @Override
    public final int size() {
        return futures.size();
    }

    /** Returns one future that stands for all, see {@link TaskFuture#all}. */
    public final TaskFuture<List<R>> all() {
        return TaskFuture.all(futures);
    }

    /**
     * Waits for all results, which are in the order of the futures. It throws as soon as one task has failed; the
     * others go on.
     *
     * @throws NotCompletedException if a task ended without a result; its cause is the exception of that task
     * @throws ResultUnavailableException if a task completed, but its result cannot be had here
     * @throws IllegalStateException inside a task that must not wait for these futures, see {@link TaskContext}
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public final List<R> results() {
        return all().result();
    }

    /**
     * Waits for all results as {@link #results()} does, with a time limit.
     *
     * @throws TaskTimeoutException if there are not all results within the timeout
     */
    public final List<R> results(Duration timeout) {
        return all().result(timeout);
    }

    /**
     * Waits until all tasks have ended, and returns their states, in the order of the futures.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public final List<State<R>> states() {
        waitAll();
        return futures.stream().map(future -> future.state().orElseThrow()).toList();
    }

    /**
     * Waits until all tasks have ended, and returns the futures of those that completed, in their order. So {@code
     * completed().results()} gives the results that there are.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public final FutureList<R> completed() {
        waitAll();
        return of(futures.stream()
                .filter(future -> future.state().orElseThrow().isCompleted())
                .toList());
    }

    /**
     * Waits until all tasks have ended.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public final void waitAll() {
        TaskFutures.waitAll(futures);
    }

    /**
     * Waits until all tasks have ended, or the timeout has passed.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    public final TaskFutures.DoneAndNotDone<TaskFuture<R>> waitAll(Duration timeout) {
        return TaskFutures.waitAll(futures, timeout);
    }

    /** Returns the futures in the order in which they end, see {@link TaskFutures#asCompleted(Collection)}. */
    public final AsCompleted<TaskFuture<R>> asCompleted() {
        return TaskFutures.asCompleted(futures);
    }

    /** Returns the futures in the order in which they end, see {@link TaskFutures#asCompleted(Collection, Duration)}. */
    public final AsCompleted<TaskFuture<R>> asCompleted(Duration timeout) {
        return TaskFutures.asCompleted(futures, timeout);
    }

    /** Cancels all tasks that have not ended; returns whether there was one. */
    public final boolean cancel() {
        return all().cancel();
    }

    /**
     * Releases the states of all tasks that have ended; returns whether there was one. It throws what {@link
     * TaskFuture#release()} throws.
     */
    public final boolean release() {
        return all().release();
    }
}
