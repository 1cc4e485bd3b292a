package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A started runner, which accepts calls under keys and holds all live resources.
 *
 * <p>Each key has one recorded result. Submitting a known key again, from here or, on a grid, from any session, starts
 * nothing: it shares the first call's state, running or final. The session does not compare the later call with the
 * first. On a grid, the code of a call may run again after its node died.
 *
 * <p>A session may live as long as its application. On a grid it keeps the latest futures of ended calls: at most
 * 65,536, with states of at most 64 MB in total, unless {@link SessionLimits} say otherwise. It forgets earlier
 * futures, because the grid holds their states. Submitting a forgotten key returns another future with the same state,
 * as long as the grid keeps that state.
 *
 * <p>The library closes a session that is still open when the JVM ends. After the end of {@code main}, its calls run to
 * their end. When the JVM shuts down, its calls have a grace period of 5 seconds, unless a shutdown hook closes the
 * session. System property {@code ignitetasks.shutdownGrace} sets another number of seconds.
 *
 * <p>Safe to share between threads.
 */
public interface TaskSession extends AutoCloseable {

    /**
     * Runs a call under a key, once all futures that the call reaches are Completed.
     *
     * <p>The session holds at most 65,536 calls that have not ended, and at most 64 MB of serialized calls, unless
     * {@link SessionLimits} say otherwise. At that limit this method blocks until some of them have ended. An
     * interrupted thread may submit as long as this method need not block; its interrupt flag stays set.
     *
     * @param key the call's identity: not blank, at most 1,024 characters, without control characters
     * @return the future of the key; the same object for the same key, unless the session forgot it
     * @throws IllegalArgumentException if the key is invalid, or if the call reaches a future of another grid or, on a
     *     local runner, of another session. Also if a runner that copies calls cannot serialize the call; the message
     *     names the field, or the argument that a lambda captured
     * @throws IllegalStateException if the session is closed
     * @throws TaskInterruptedException if this thread is interrupted while it blocks
     */
    default <R extends @Nullable Object> TaskFuture<R> submit(String key, TaskCall<R> call) {
        return submit(key, call, CallOptions.none());
    }

    /**
     * Runs a call under a new random key, as {@link #submit(String, TaskCall)} does. So each submission runs.
     *
     * @return the future, which knows the key
     */
    default <R extends @Nullable Object> TaskFuture<R> submit(TaskCall<R> call) {
        return submit("call-" + UUID.randomUUID(), requireNonNull(call, "call"));
    }

    /** Runs a call under a key with the given options, as {@link #submit(String, TaskCall)} does. */
    <R extends @Nullable Object> TaskFuture<R> submit(String key, TaskCall<R> call, CallOptions options);

    /**
     * Runs an action, which has no result, under a key. The key is Completed with null once the action has returned;
     * all else is as for {@link #submit(String, TaskCall)}.
     *
     * <p>A second {@code submit} for actions would make references to overloaded methods ambiguous, such as {@code
     * submit("list", ArrayList::new)}.
     */
    default TaskFuture<@Nullable Void> submitAction(String key, TaskAction action) {
        return submitAction(key, action, CallOptions.none());
    }

    /** Runs an action under a new random key, as {@link #submit(TaskCall)} does with a call. */
    default TaskFuture<@Nullable Void> submitAction(TaskAction action) {
        return submit(new ActionCall(action));
    }

    /** Runs an action under a key with the given options, as {@link #submitAction(String, TaskAction)} does. */
    default TaskFuture<@Nullable Void> submitAction(String key, TaskAction action, CallOptions options) {
        return submit(key, new ActionCall(action), options);
    }

    /**
     * Runs a call under a key, as {@link #submit(String, TaskCall, CallOptions)} does, but never blocks.
     *
     * @return the future of the key; empty if {@code submit} would block
     */
    <R extends @Nullable Object> Optional<TaskFuture<R>> trySubmit(String key, TaskCall<R> call, CallOptions options);

    /**
     * Returns this session as an executor service, for code that takes one. It runs each task under a new key. Shutting
     * it down refuses further tasks and does not close the session.
     *
     * <p>On a runner that copies calls, tasks must be serializable: cast a lambda to {@code (Callable<T> &
     * Serializable)}. A task that cannot be carried is refused with a {@link
     * java.util.concurrent.RejectedExecutionException} that says why. {@code shutdownNow} cancels all tasks, and
     * returns an empty list.
     */
    default ExecutorService asExecutorService() {
        return new SessionExecutor(this);
    }

    /**
     * Completes a key with this result, unless the key is known already. A known key keeps its state, and the returned
     * future follows the call that has the key. This method takes no slot.
     *
     * @return the future of the key
     * @throws IllegalArgumentException if the key is invalid, if the result holds a future, or if a runner that copies
     *     calls cannot serialize the result
     * @throws IllegalStateException if the session is closed
     * @throws TaskInterruptedException if this thread is interrupted while it blocks, as for {@link #submit}
     */
    <R extends @Nullable Object> TaskFuture<R> complete(String key, R result);

    /**
     * Completes a key with a value that many tasks use, as {@link #complete} does. A task that captures the future gets
     * the value by {@code result()}, without the cost that each task would have with another future: a node reads the
     * value once, for all tasks whose classes have one class loader.
     *
     * <p>So the tasks of a node get the same object, at the same time. Treat it as immutable. A runner that copies no
     * calls gives all tasks this object.
     *
     * <p>A node keeps the 64 values that were used last, as long as it has memory, and reads others again. After the
     * future was released, calls that have not been sent are NotReady. For a tenth of a second, a node may still give
     * the value to calls that it has.
     *
     * @return the future of the key; if the key is known, it has the state of the key, and tasks share that result
     * @throws IllegalArgumentException if the key is invalid, if the value holds a future, or if a runner that copies
     *     calls cannot serialize the value
     * @throws IllegalStateException if the session is closed
     * @throws TaskInterruptedException if this thread is interrupted while it blocks, as for {@link #submit}
     */
    <R extends @Nullable Object> TaskFuture<R> share(String key, R value);

    /**
     * Lets a key end as a stage of other code does, such as a {@code CompletableFuture} of an HTTP client. So tasks can
     * have the stage's value as an upstream. The key takes no slot while it waits, and counts as a call that has not
     * ended: {@link #close()} waits for it.
     *
     * <p>The key is Completed with the stage's value, or Failed with its exception, without the {@code
     * CompletionException} around it. A {@link java.util.concurrent.CancellationException} makes the key Cancelled. A
     * value that holds a future, or that a runner that copies calls cannot serialize, makes the key Crashed. Cancelling
     * the key cancels {@link CompletionStage#toCompletableFuture()} of the stage.
     *
     * <p>A key that was submitted here or has a recorded state keeps that, and the stage is left alone. If the key runs
     * for another session of the grid when the stage ends, the returned future follows the call that has the key.
     *
     * <p>The value is serialized on a thread of this session, or on this thread if the stage has ended. A sequential
     * runner waits for the stage before this method returns.
     *
     * @return the future of the key
     * @throws IllegalArgumentException if the key is invalid
     * @throws IllegalStateException if the session is closed, or the grid does not answer
     * @throws TaskInterruptedException if this thread is interrupted while it asks the grid, waits for the stage, or
     *     blocks as for {@link #submit}
     */
    <R extends @Nullable Object> TaskFuture<R> adopt(String key, CompletionStage<? extends R> stage);

    /**
     * Returns the future of a key by the key alone, so that a result can be had without its call. It finds the keys
     * that were submitted here, and on a grid all keys that have a recorded state. This method starts nothing. To join
     * a key that runs for another session, submit it.
     *
     * @return the future; empty if the key has no recorded state and was not submitted here
     * @throws IllegalArgumentException if the key is invalid
     * @throws IllegalStateException if the session is closed, or the grid does not answer
     * @throws TaskInterruptedException if this thread is interrupted while it asks the grid, or waits until the session
     *     holds fewer calls that have not ended
     */
    <R extends @Nullable Object> Optional<TaskFuture<R>> find(String key);

    /**
     * Returns the status of a key, here and, on a grid, in all of its sessions. This method starts nothing, and the
     * answer may be out of date when the caller reads it. To join a known key, submit it after this check.
     *
     * @throws IllegalArgumentException if the key is invalid
     * @throws IllegalStateException if the session is closed, or the grid does not answer
     * @throws TaskInterruptedException if this thread is interrupted during the query
     */
    KeyStatus status(String key);

    /**
     * Waits for the state of a key that was submitted here. If the session forgot the key's future, this method reads
     * the state from the grid, within the same timeout.
     *
     * @param timeout how long to wait; zero checks without waiting
     * @return the state; empty if the key has none within the timeout, which cancels nothing
     * @throws IllegalArgumentException if the key was never submitted here, or if the session forgot it and the grid no
     *     longer keeps its state
     * @throws IllegalStateException if the session forgot the key and the grid does not answer
     * @throws TaskInterruptedException if this thread is interrupted
     */
    Optional<State<?>> await(String key, Duration timeout);

    /**
     * Returns the number of partitions of an Ignite cache, for tasks that run beside them, see {@link NearData}.
     *
     * @throws IllegalArgumentException if the grid has no cache of this name, or the runner has no caches
     */
    int partitionsOf(String cache);

    /**
     * Releases the final state of a key, as {@link TaskFuture#release()} does. On a grid the key may be one that was
     * not submitted here.
     *
     * @return whether there was a state to release; false if the key has not ended
     * @throws IllegalStateException if the session is closed or cannot reach its grid, or inside a task that did not
     *     submit the key itself
     * @throws TaskInterruptedException if this thread is interrupted while it waits for the grid
     */
    boolean release(String key);

    /**
     * Refuses new calls, waits until all accepted calls have ended, and closes what the session opened.
     *
     * <p>Meanwhile the session still accepts calls that follow from accepted ones. They come from a task of this
     * session, an action of {@link TaskFuture#whenDone}, or a stage of {@link TaskFuture#toCompletableFuture} on a
     * session thread. Close waits for these calls too. It also waits for actions and stages, but gives up if none of
     * these ends for ten seconds.
     *
     * <p>If this thread is interrupted, close cancels the calls that have not ended and accepts nothing more; the
     * interrupt flag stays set. A second call of this method does nothing.
     *
     * @throws IllegalStateException in a task of this session, because close would wait for that task
     */
    @Override
    void close();

    /**
     * Closes the session as {@link #close()} does, but cancels the calls that have not ended within the timeout. The
     * session accepts nothing after the timeout. If the code of a cancelled task keeps running, the session logs the
     * task's key and node; the task's future is Cancelled.
     *
     * @param timeout how long to wait before cancelling; zero cancels at once
     * @throws IllegalStateException in a task of this session, because close would wait for that task
     */
    void close(Duration timeout);
}
