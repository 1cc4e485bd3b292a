package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a key, which gives the state of its task once the task has ended.
 *
 * <p>A future that a call captures is an upstream of that call. Inside the call the future is final, so
 * {@link #result()} returns at once.
 *
 * <p>Safe to share between threads. A task that waits for a future lends its slot to other calls; an abandoned wait
 * cancels nothing.
 *
 * @param <R> the type of the result
 */
public interface TaskFuture<R extends @Nullable Object> extends Serializable {

    /** Returns the key. */
    String key();

    /** Returns whether the task has ended, in whatever state. This method never blocks, and reads no result. */
    boolean isDone();

    /**
     * Returns the state if it is final, else empty. This method never blocks, and reads no result.
     *
     * <p>The state reads its result when that is asked for, see {@link State.Completed#result()}. A result over 64 KB
     * ({@link SessionLimits#inlineResultBytes}) stays on the grid until then, and is available until it expires or this
     * future's session closes.
     */
    Optional<State<R>> state();

    /**
     * Returns how far the running task is, as far as this session has heard; see {@link TaskContext#progress(long, long)}.
     * It is empty before the task tells anything, again after a retry, and once the task has ended. A future that is made
     * of several has none. This method never blocks.
     */
    default Optional<TaskProgress> progress() {
        return Optional.empty();
    }

    /**
     * Waits for the state. This method reads no result.
     *
     * @param timeout how long to wait; zero checks without waiting
     * @return the state; empty if the task does not end within the timeout
     * @throws IllegalStateException inside a task that must not wait for this future, see {@link TaskContext}
     * @throws TaskInterruptedException if this thread is interrupted
     */
    Optional<State<R>> await(Duration timeout);

    /**
     * Waits for the state, without a time limit.
     *
     * @throws IllegalStateException inside a task that must not wait for this future, see {@link TaskContext}
     * @throws TaskInterruptedException if this thread is interrupted
     */
    default State<R> await() {
        return await(CallOptions.FOREVER).orElseThrow();
    }

    /**
     * Requests cancellation of the task: a waiting task never starts, and a running task is interrupted. A value that
     * the task returns after that is dropped.
     *
     * <p>On a grid, cancelling withdraws this session's interest in the key. If the node of the key has no calls of
     * other sessions for it, the key ends Cancelled and the grid records that state. Later submissions of the key get
     * that state, until it is released or expires. If other sessions have calls for the key, the key goes on for them,
     * and only this future is Cancelled. A key that ends first keeps its state.
     *
     * @return whether the task had not ended yet
     */
    boolean cancel();

    /**
     * Releases the final state of the key: its memory is freed, and the next submission of the key runs anew.
     *
     * <p>This object keeps its state, except a result that stayed on the grid. A call that needs this future and has
     * not started by then ends NotReady. On a grid, other sessions that have the state keep it until they release it
     * too. Such a session restores the record if one of its own calls still needs it.
     *
     * <p>To release many futures, release {@link #all} of them: that is as fast as releasing one.
     *
     * @return whether there was a state to release. False if the task has not ended, or was released before. Also false
     *     if the session forgot this future and the key was submitted again: then release the newer future, see
     *     {@link TaskSession}
     * @throws IllegalStateException if the session is closed or cannot reach its grid. Also inside a task that did not
     *     submit the key itself, because other tasks may need it
     * @throws TaskInterruptedException if this thread is interrupted while it waits for the grid
     */
    boolean release();

    /**
     * Calls an action with the state.
     *
     * <p>If the state is final, the action runs at once, on this thread. Otherwise it runs on a thread of the session,
     * which runs such actions one after another. A slow action delays other actions, and nothing else; so does reading
     * a slow result in one. Exceptions of the action are logged.
     */
    void whenDone(Consumer<? super State<R>> action);

    /**
     * Waits for the result, without a time limit.
     *
     * @throws NotCompletedException if the task ended without a result; its cause is the task's own exception, or the
     *     exception of the upstream that failed first
     * @throws ResultUnavailableException if the task completed, but its result cannot be had here
     * @throws IllegalStateException inside a task that must not wait for this future, see {@link TaskContext}
     * @throws TaskInterruptedException if this thread is interrupted
     */
    default R result() {
        return result(CallOptions.FOREVER);
    }

    /**
     * Waits for the result, and reads it within the same time.
     *
     * @param timeout how long to wait; zero checks without waiting. Reading an available result may take 0.1 seconds
     *     more
     * @throws TaskTimeoutException if there is no result within the timeout, or reading it takes longer
     * @throws NotCompletedException if the task ended without a result; its cause is the task's own exception, or the
     *     exception of the upstream that failed first
     * @throws ResultUnavailableException if the task completed, but its result cannot be had here
     * @throws IllegalStateException inside a task that must not wait for this future, see {@link TaskContext}
     * @throws TaskInterruptedException if this thread is interrupted
     */
    default R result(Duration timeout) {
        State<R> state = await(timeout)
                .orElseThrow(() -> new TaskTimeoutException("task '" + key() + "' has no result after " + timeout));
        if (!state.isCompleted()) {
            throw new NotCompletedException("task '" + key() + "'", state);
        }
        return state.result();
    }

    /**
     * Returns a future of the state of this one. It is Completed as soon as this future has ended, in whatever state.
     * That of {@link #all} waits for each of the futures, also after one has failed. So a call that captures it runs
     * also if this task fails, and looks at the state.
     *
     * <p>Its {@code cancel} and {@code release} are those of this future.
     */
    default TaskFuture<State<R>> settled() {
        return new SettledFuture<>(this);
    }

    /**
     * Returns a {@code CompletableFuture} of the result, which always completes.
     *
     * <p>If the task did not complete, the future completes exceptionally with a {@link NotCompletedException}, whose
     * cause is the task's own exception. If the task was cancelled, it completes exceptionally with a
     * {@link CancellationException}. Cancelling the {@code CompletableFuture} cancels the task.
     *
     * <p>Its stages run on threads of the session, as many as needed. So a stage may block, or wait for other futures.
     */
    default CompletableFuture<R> toCompletableFuture() {
        return CompletableResult.of(this);
    }

    /**
     * Returns one future that stands for many.
     *
     * <p>It is Completed when all of the futures are, with their results in the given order. As soon as one of them
     * ends in another state, it is NotReady, naming that future and its state; the other futures go on. A call that
     * captures it has all of the futures as upstreams.
     *
     * <p>Its {@code cancel} cancels each future that has not ended, and its {@code release} releases each one that has
     * ended. Both return whether there was such a future.
     */
    static <R extends @Nullable Object> TaskFuture<List<R>> all(List<? extends TaskFuture<? extends R>> futures) {
        return new AllFutures<>(requireNonNull(futures, "futures"));
    }
}
