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
 * The handle on a key: tells how its task ended, once it has.
 *
 * <p>A future that a call captures is an upstream of that call. Inside the call it is final, so that
 * {@link #result()} returns at once.
 *
 * <p>Safe to share between threads. Waits lend the slot of the task that waits, and cancel nothing.
 *
 * @param <R> the type of the result
 */
public interface TaskFuture<R extends @Nullable Object> extends Serializable {

    /** Returns the key. */
    String key();

    /** Returns whether the task has ended, however it did. Never blocks, and reads no result. */
    boolean isDone();

    /**
     * Returns the state if it is final, else empty. On a grid a result is read when it is first asked for, here or by the
     * methods below: here on this thread, for as long as the code of its classes takes. One over 64 KB stays on the grid
     * until then, and is fetched, which takes a minute at most. It is there until it expires, or its session closes; where
     * it cannot be had, the state is Crashed, and says so.
     *
     * @throws TaskInterruptedException if this thread is interrupted while it waits for such a result
     */
    Optional<State<R>> state();

    /**
     * Waits for the state.
     *
     * @param timeout how long to wait; zero looks without waiting. Reading a result that is there may take a tenth of a
     *     second more
     * @return the state; empty if there is none within the timeout, or if its result takes longer to be read
     * @throws IllegalStateException inside a task that must not wait for this future, see {@link RunningCall}
     * @throws TaskInterruptedException if this thread is interrupted
     */
    Optional<State<R>> await(Duration timeout);

    /**
     * Waits for the state, without limit.
     *
     * @throws IllegalStateException inside a task that must not wait for this future, see {@link RunningCall}
     * @throws TaskInterruptedException if this thread is interrupted
     */
    default State<R> await() {
        return await(CallOptions.FOREVER).orElseThrow();
    }

    /**
     * Asks that the task end: one that waits never starts, one that runs is interrupted. What it returns after that is
     * dropped.
     *
     * <p>On a grid, a cancel withdraws this session's interest in the key. If the calls of no other session are at the
     * node of the key, the key ends Cancelled, and the grid records that: whoever submits the key later gets that state,
     * until it is released or expires. Otherwise the key goes on for the others, and this future alone is Cancelled. A
     * key that ends first keeps its state.
     *
     * @return whether the task had not ended yet
     */
    boolean cancel();

    /**
     * Gives up the final state of the key, so that what it takes is free again and the key runs anew when it is next
     * submitted. This object keeps the state that it has, but for a result that stayed on the grid. A call that needs
     * this future and has not started by then ends NotReady. On a grid, other sessions that have the state keep it until
     * they release it too, and one of them puts the record back if a call of its own still needs it.
     *
     * <p>Of many futures, {@link #all} is released as fast as one.
     *
     * @return whether there was a state to give up: false if the task has not ended, was released before, or
     *     was forgotten and submitted again, which gave another future to release, see {@link TaskSession}
     * @throws IllegalStateException if the session is closed, or cannot reach its grid; or inside a task that did not
     *     submit the key itself, as others may need it
     * @throws TaskInterruptedException if this thread is interrupted while it waits for the grid
     */
    boolean release();

    /**
     * Calls an action with the state: at once if it is final and its result has been read, else on a thread of the session,
     * which runs such actions one after another. A slow action delays other actions, and nothing else. What the action throws is logged.
     */
    void whenDone(Consumer<? super State<R>> action);

    /**
     * Waits for the result.
     *
     * @throws NotCompletedException if the task ended without one; its cause is the task's own exception, or the
     *     exception of the upstream that failed first
     * @throws IllegalStateException inside a task that must not wait for this future, see {@link RunningCall}
     * @throws TaskInterruptedException if this thread is interrupted
     */
    default R result() {
        return result(CallOptions.FOREVER);
    }

    /**
     * Waits for the result.
     *
     * @param timeout how long to wait; zero looks without waiting
     * @throws TaskTimeoutException if there is none within the timeout
     * @throws NotCompletedException if the task ended without one; its cause is the task's own exception
     * @throws IllegalStateException inside a task that must not wait for this future, see {@link RunningCall}
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
     * Returns a {@code CompletableFuture} of the result. It always completes. It ends exceptionally with a {@link
     * NotCompletedException}, whose cause is the task's own exception, or with a {@link CancellationException} if the task
     * was cancelled. Cancelling it cancels the task.
     *
     * <p>Its stages run on threads of the session, as many as it takes: a stage may block, or wait for other futures.
     */
    default CompletableFuture<R> toCompletableFuture() {
        return CompletableResult.of(this);
    }

    /**
     * Returns one future of many: Completed with all results, in the order given, when all are. As soon as one has ended
     * otherwise it is NotReady, which names that one and how it ended; the others go on. A call that captures it has all of them as upstreams. Its {@code cancel} and
     * {@code release} do so with each that has not ended, or has, and return whether there was one.
     */
    static <R extends @Nullable Object> TaskFuture<List<R>> all(List<? extends TaskFuture<? extends R>> futures) {
        return new AllFutures<>(requireNonNull(futures, "futures"));
    }
}
