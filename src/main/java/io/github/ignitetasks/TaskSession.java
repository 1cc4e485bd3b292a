package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A started runner: it takes calls under keys and holds all that is live.
 *
 * <p>A key runs once. Whoever submits it again, here or, on a grid, anywhere, runs nothing and shares the state of the
 * first, running or final; the later call is not compared with the first.
 *
 * <p>It may live as long as its application. Of calls that have ended, a session on a grid keeps the latest 65,536
 * futures, or as many as have states of 64 MB. Earlier ones it forgets, as the grid has their states: whoever submits
 * such a key again gets another future, with the same state, while the grid keeps that.
 *
 * <p>A session that is open when the JVM ends is closed. After the end of {@code main} its calls run to their end; when
 * the JVM shuts down they have a grace period of 5 seconds, or as many as system property {@code ignitetasks.shutdownGrace}
 * says, unless a shutdown hook closes the session.
 *
 * <p>Safe to share between threads.
 */
public interface TaskSession extends AutoCloseable {

    /**
     * Runs a call under a key, once all futures that the call reaches are Completed. If 65,536 calls have not ended, or
     * calls that were written to 64 MB, this waits until some have. A thread that is interrupted may submit as long as
     * this does not wait; its flag stays set.
     *
     * @param key the call's identity: not blank, at most 1,024 characters
     * @return the future of the key; the same object for the same key, unless that was forgotten
     * @throws IllegalArgumentException if the key is not one, if a runner that copies calls cannot serialize the call (the
     *     message names the field, or the argument that a lambda captured), or if the call reaches a future that is not of
     *     this session's grid
     * @throws IllegalStateException if the session is closed
     * @throws TaskInterruptedException if this thread is interrupted while it waits
     */
    default <R extends @Nullable Object> TaskFuture<R> submit(String key, TaskCall<R> call) {
        return submit(key, call, CallOptions.none());
    }

    /**
     * Runs a call under a key that nobody else has, as {@link #submit(String, TaskCall)} does: each submission runs.
     *
     * @return the future, which knows the key
     */
    default <R extends @Nullable Object> TaskFuture<R> submit(TaskCall<R> call) {
        return submit("call-" + UUID.randomUUID(), requireNonNull(call, "call"));
    }

    /** Runs a call under a key, as {@link #submit(String, TaskCall)} does, by these options. */
    <R extends @Nullable Object> TaskFuture<R> submit(String key, TaskCall<R> call, CallOptions options);

    /**
     * Runs a call under a key, as {@link #submit(String, TaskCall, CallOptions)} does, but does not wait.
     *
     * @return the future of the key; empty where submit would wait
     */
    <R extends @Nullable Object> Optional<TaskFuture<R>> trySubmit(String key, TaskCall<R> call, CallOptions options);

    /**
     * Makes a key Completed with this result, unless it is known already: then nothing is changed, and whoever has it
     * is waited for. Takes no slot.
     *
     * @return the future of the key
     * @throws IllegalArgumentException if the key is not one, or if a runner that copies calls cannot serialize the result
     * @throws IllegalStateException if the session is closed
     * @throws TaskInterruptedException if this thread is interrupted while it waits, as for {@link #submit}
     */
    <R extends @Nullable Object> TaskFuture<R> complete(String key, R result);

    /**
     * Returns what is known of a key, here and, on a grid, anywhere. Starts nothing; the answer may be old when it is
     * read. A key that is to be joined if it is known is submitted after that.
     *
     * @throws IllegalArgumentException if the key is not one
     * @throws IllegalStateException if the session is closed, or the grid cannot be asked
     * @throws TaskInterruptedException if this thread is interrupted while the grid is asked
     */
    KeyStatus status(String key);

    /**
     * Waits for the state of a key that was submitted here. One whose future was forgotten is read from the grid,
     * within the timeout too.
     *
     * @param timeout how long to wait; zero looks without waiting
     * @return the state; empty if the key has none within the timeout, which cancels nothing
     * @throws IllegalArgumentException if the key was never submitted here, or was forgotten, and its state is not kept
     *     any more
     * @throws IllegalStateException if it was forgotten, and the grid cannot be asked
     * @throws TaskInterruptedException if this thread is interrupted
     */
    Optional<State<?>> await(String key, Duration timeout);

    /**
     * Gives up the final state of a key, as {@link TaskFuture#release()} does; on a grid also that of a key which was
     * not submitted here.
     *
     * @return whether there was one: false if the key has not ended
     * @throws IllegalStateException if the session is closed, or cannot reach its grid; or inside a task that did not
     *     submit the key itself
     * @throws TaskInterruptedException if this thread is interrupted while it waits for the grid
     */
    boolean release(String key);

    /**
     * Refuses new calls, waits until all that were accepted have ended, and closes what the session opened. Calls are
     * accepted meanwhile that follow from accepted ones: those that a task of this session submits, an action of
     * {@link TaskFuture#whenDone}, or a stage of {@link TaskFuture#toCompletableFuture} on a thread of the session. Close
     * waits for them too, and for actions and stages, unless none of these ends for ten seconds. If this thread is
     * interrupted, what has not ended is cancelled instead of waited for, and nothing more is accepted; its flag stays
     * set. A second call does nothing.
     *
     * @throws IllegalStateException in a task of this session, which close would wait for
     */
    @Override
    void close();

    /**
     * Closes as {@link #close()} does, but cancels what has not ended within the timeout, and accepts nothing after it. A
     * task that runs on all the same is logged by key and node; its future is Cancelled.
     *
     * @param timeout how long to wait before cancelling; zero cancels at once
     */
    void close(Duration timeout);
}
