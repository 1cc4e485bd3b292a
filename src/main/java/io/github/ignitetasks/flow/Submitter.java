package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CachePartition;
import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.FutureList;
import io.github.ignitetasks.MappedFutures;
import io.github.ignitetasks.TaskAction;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An object that takes tasks: a flow run, or a flow run after other tasks. Safe to share between threads.
 *
 * <p>Each method throws an {@link IllegalArgumentException} if the task, the call or an argument cannot be serialized,
 * on a runner that copies calls. It throws an {@link IllegalStateException} if the flow has timed out or ended, and a
 * {@link TaskInterruptedException} if this thread is interrupted. In these cases it does not submit the task.
 */
public abstract class Submitter {
    static final String NOT_CAPTURABLE =
            "a FlowRun belongs to the body of its flow; let the task capture the values or futures that it needs,"
                    + " and submit tasks of its own by session() of its TaskContext";

    Submitter() {}

    /** Submits a task run. */
    abstract <R extends @Nullable Object> TaskFuture<R> submit(Submission<R> submission);

    /** Returns the number of partitions of a cache. */
    abstract int partitionsOf(String cache);

    /**
     * Runs a call as a task with a timeout or retries.
     *
     * @param name the name of the task, after which its run is named
     * @throws IllegalArgumentException if the name is blank or too long, or if the call is refused, see
     *     {@link TaskSession#submit(String, TaskCall)}
     */
    public final <R extends @Nullable Object> TaskFuture<R> submit(String name, TaskCall<R> call, CallOptions options) {
        requireNonNull(call, "call");
        return submit(Submission.of(name, call, requireNonNull(options, "options")));
    }

    /**
     * Runs a call as a task without a timeout or retries.
     *
     * @param name the name of the task, after which its run is named
     * @throws IllegalArgumentException if the name is blank or too long, or if the call is refused, see
     *     {@link TaskSession#submit(String, TaskCall)}
     */
    public final <R extends @Nullable Object> TaskFuture<R> submit(String name, TaskCall<R> call) {
        return submit(name, call, CallOptions.none());
    }

    /**
     * Runs a task with an argument. An argument that is null needs a cast to its type, as in {@code run.submit(GREET,
     * (String) null)}: without it the compiler cannot tell this method from the one that takes a future.
     */
    public final <A extends @Nullable Object, R extends @Nullable Object> TaskFuture<R> submit(
            Task<A, R> task, A argument) {
        return submit(Submission.of(requireNonNull(task, "task"), argument));
    }

    /**
     * Runs a task with the result of another task, once that task is Completed. If the other task does not complete,
     * this task is NotReady.
     *
     * @throws IllegalArgumentException if the future is not of this flow run
     */
    public final <A extends @Nullable Object, R extends @Nullable Object> TaskFuture<R> submit(
            Task<A, R> task, TaskFuture<? extends A> argument) {
        requireNonNull(argument, "argument");
        return submit(Submission.of(requireNonNull(task, "task"), argument));
    }

    /** Runs a task that takes no argument. */
    public final <R extends @Nullable Object> TaskFuture<R> submit(Task<@Nullable Void, R> task) {
        return submit(task, NoValue.get());
    }

    /**
     * Runs an action, which has no result, as a task without a timeout or retries.
     *
     * @param name the name of the task, after which its run is named
     * @throws IllegalArgumentException if the name is blank or too long, or if the action is refused, see
     *     {@link TaskSession#submit(String, TaskCall)}
     */
    public final TaskFuture<@Nullable Void> submitAction(String name, TaskAction action) {
        return submit(Task.named(name).action(action));
    }

    /** Runs a task with each of the arguments. Returns the futures in the order of the arguments. */
    public final <A extends @Nullable Object, R extends @Nullable Object> MappedFutures<A, R> map(
            Task<A, R> task, Collection<? extends A> arguments) {
        requireNonNull(task, "task");
        List<A> all = new ArrayList<>(requireNonNull(arguments, "arguments"));
        List<TaskFuture<R>> futures = new ArrayList<>(all.size());
        for (A argument : all) {
            futures.add(submit(task, argument));
        }
        return MappedFutures.of(all, futures);
    }

    /**
     * Runs a task with the result of each of these futures, as {@link #submit(Task, TaskFuture)} does. {@link
     * FutureList#of} makes a list of any futures.
     */
    public final <A extends @Nullable Object, B extends A, R extends @Nullable Object>
            MappedFutures<TaskFuture<B>, R> map(Task<A, R> task, FutureList<B> arguments) {
        requireNonNull(task, "task");
        requireNonNull(arguments, "arguments");
        List<TaskFuture<R>> futures = new ArrayList<>(arguments.size());
        for (TaskFuture<B> argument : arguments) {
            futures.add(submit(task, argument));
        }
        return MappedFutures.of(arguments, futures);
    }

    /**
     * Runs a task beside each partition of an Ignite cache, with the partition as its argument. {@link
     * CachePartition#entries()} reads its entries without the network.
     *
     * @throws IllegalArgumentException if the grid has no cache of this name, or the runner has no caches
     */
    public final <K, V, R extends @Nullable Object> MappedFutures<CachePartition<K, V>, R> mapPartitions(
            String cache, Task<CachePartition<K, V>, R> task) {
        requireNonNull(task, "task");
        List<CachePartition<K, V>> partitions = IntStream.range(0, partitionsOf(cache))
                .mapToObj(number -> new CachePartition<K, V>(cache, number))
                .toList();
        return map(task.nearPartition(cache, CachePartition::number), partitions);
    }

    /**
     * Combines many results into one. Each run of the task combines some neighbours, and further runs combine what
     * comes of that, until one result is left. So no task needs all results.
     *
     * @param futures the futures of the results; a single one is returned as it is
     * @param fanIn how many results one run combines, from 2
     * @throws IllegalArgumentException if there are no futures, or {@code fanIn} is below 2
     */
    public final <R extends @Nullable Object> TaskFuture<R> reduce(
            List<? extends TaskFuture<R>> futures, int fanIn, Task<List<R>, R> combine) {
        requireNonNull(futures, "futures");
        requireNonNull(combine, "combine");
        if (futures.isEmpty()) {
            throw new IllegalArgumentException("futures must have one future at least, but is empty");
        }
        if (fanIn < 2) {
            throw new IllegalArgumentException("fanIn must be 2 or more, but is " + fanIn);
        }
        List<TaskFuture<R>> level = new ArrayList<>(futures);
        while (level.size() > 1) {
            List<TaskFuture<R>> next = new ArrayList<>();
            for (int from = 0; from < level.size(); from += fanIn) {
                List<TaskFuture<R>> some = level.subList(from, Math.min(level.size(), from + fanIn));
                next.add(some.size() == 1 ? some.get(0) : submit(combine, TaskFuture.all(some)));
            }
            level = next;
        }
        return level.get(0);
    }

    /**
     * Returns a submitter whose tasks run once these futures are Completed, also if they do not use the results. If one
     * of them does not complete, the tasks are NotReady. {@link TaskFuture#settled()} of a future waits for its end
     * alone.
     */
    public final Submitter after(TaskFuture<?>... futures) {
        return after(List.of(requireNonNull(futures, "futures")));
    }

    /** Returns a submitter as {@link #after(TaskFuture...)} does. */
    public final Submitter after(Collection<? extends TaskFuture<?>> futures) {
        return new SubmitterAfter(this, List.copyOf(requireNonNull(futures, "futures")));
    }
}
