package io.github.ignitetasks.flow;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The task runs that an attempt forgets once their results were taken. They share a count, so that many names take no
 * memory. It still knows how they ended. Safe to share between threads.
 */
final class PassingRuns {
    /** The runs that are not forgotten. Several share a future if they have one key. */
    private final ConcurrentMap<TaskFuture<?>, Run> runs = new ConcurrentHashMap<>();

    private final EndsByName forgotten = new EndsByName();
    private final AtomicLong count = new AtomicLong();

    /**
     * A run.
     *
     * @param taskName the name of its task
     * @param before the run before it that has the same future; null if it is the first
     */
    private record Run(String taskName, @Nullable Run before) {}

    /** Returns the name of the next run. */
    String next(String name) {
        return name + "-passing-" + count.getAndIncrement();
    }

    void add(TaskFuture<?> future, String taskName) {
        runs.compute(future, (any, before) -> new Run(taskName, before));
    }

    /** Returns the futures that are not forgotten. */
    Collection<TaskFuture<?>> futures() {
        return runs.keySet();
    }

    /** Waits for the result of a run, and forgets all runs that have its future. */
    <R extends @Nullable Object> R take(TaskFuture<R> future) {
        R result = future.result();
        forgetEnded(future);
        return result;
    }

    /** Cancels a run whose result nobody takes, and forgets it once it has ended. */
    void drop(TaskFuture<?> future) {
        future.cancel();
        future.whenDone(state -> forget(future, state));
    }

    /** Counts the runs that have ended, once each. */
    void addTo(EndsByName ends) {
        runs.keySet().forEach(this::forgetEnded);
        ends.addAll(forgotten);
    }

    private void forgetEnded(TaskFuture<?> future) {
        future.state().ifPresent(state -> forget(future, state));
    }

    private void forget(TaskFuture<?> future, State<?> state) {
        for (Run run = runs.remove(future); run != null; run = run.before) {
            forgotten.add(run.taskName, state);
        }
    }
}
