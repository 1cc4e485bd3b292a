package io.github.ignitetasks;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A future that its session keeps until it is released, so that its key runs once. This interface is for authors of
 * sessions; other code needs only {@link TaskFuture#release()}.
 *
 * <p>Safe to share between threads.
 *
 * @param <R> the type of the result
 */
public interface KeptFuture<R extends @Nullable Object> extends TaskFuture<R> {

    /** Returns the session that keeps this future. */
    Keeper keeper();

    /** Returns whether this future was released. */
    boolean isReleased();

    /**
     * Waits until the task has ended, as {@link #await} does, but fetches no result.
     *
     * @param timeout how long to wait; zero checks without waiting
     * @return whether the task has ended
     */
    boolean awaitEnd(Duration timeout);

    /**
     * Returns the state if it is final, else empty. This method runs no user code and never blocks.
     *
     * <p>If the state is not {@linkplain #isStateAtHand at hand}, the returned state is incomplete. It is
     * {@linkplain State.Completed#withResultElsewhere Completed without the result}, or it has only the text of the
     * task's exception.
     */
    Optional<State<R>> end();

    /**
     * Returns the state as {@link #end()} does, but spends up to the given time on reading it. This method does not
     * fetch a result that stayed on a grid.
     */
    Optional<State<R>> end(Duration reading);

    /**
     * Returns whether the state is final, and {@link #state()} neither runs user code nor blocks. This is so if the
     * task's result or exception has been read, or if neither of them is an object.
     */
    boolean isStateAtHand();

    /**
     * Calls an action of this library when the task ends, and fetches no result. If the task has ended, the action runs
     * at once. Otherwise it runs on the thread that ends the task. That thread must go on, so the action must be short
     * and run no user code.
     */
    void whenEnded(Runnable action);

    /** Takes back an action of {@link #whenEnded} that has not been called, so that nothing of it stays. */
    void withdraw(Runnable action);

    /** Returns the type of the final state. Reads nothing else; the state must be final. */
    StateType endType();

    /** Returns whether any future has ended without a result. Reads no result and no exception. */
    static boolean hasNotCompleted(TaskFuture<?> future) {
        if (!future.isDone()) {
            return false;
        }
        if (future instanceof KeptFuture<?> kept) {
            return kept.endType() != StateType.COMPLETED;
        }
        return future instanceof AllFutures<?> all
                ? all.hasNotCompleted()
                : !future.state().orElseThrow().isCompleted();
    }

    /**
     * Waits until any future has ended; does not fetch the result if the future is kept. Returns whether the future has
     * ended.
     */
    static boolean awaitEndOf(TaskFuture<?> future, Duration timeout) {
        if (future instanceof KeptFuture<?> kept) {
            return kept.awaitEnd(timeout);
        }
        return future instanceof AllFutures<?> all
                ? all.awaitEnd(timeout)
                : future.await(timeout).isPresent();
    }

    /**
     * Returns the state of any future if it is final, else empty. For a kept future, the state is that of
     * {@link #end()}.
     */
    static Optional<? extends State<?>> endOf(TaskFuture<?> future) {
        if (future instanceof KeptFuture<?> kept) {
            return kept.end();
        }
        return future instanceof AllFutures<?> all ? all.end() : future.state();
    }

    /**
     * Returns the state of any future if it is final, else empty. For a kept future, the state is that of
     * {@link #end(Duration)}.
     */
    static Optional<? extends State<?>> endOf(TaskFuture<?> future, Duration reading) {
        return future instanceof KeptFuture<?> kept ? kept.end(reading) : future.state();
    }

    /** Returns whether the state of any future {@linkplain #isStateAtHand() is at hand}. */
    static boolean isStateAtHandOf(TaskFuture<?> future) {
        if (future instanceof KeptFuture<?> kept) {
            return kept.isStateAtHand();
        }
        return future instanceof AllFutures<?> all
                ? all.isStateAtHand()
                : future.state().isPresent();
    }

    /**
     * Calls an action of this library when any future ends, as {@link #whenEnded} does if the future supports that.
     *
     * @return takes the action back, if it has not been called
     */
    static Runnable whenEndOf(TaskFuture<?> future, Runnable action) {
        if (future instanceof KeptFuture<?> kept) {
            kept.whenEnded(action);
            return () -> kept.withdraw(action);
        }
        if (future instanceof AllFutures<?> all) {
            Consumer<Optional<Keeper>> withKeeper = keeper -> action.run();
            all.whenEnded(withKeeper);
            return () -> all.withdraw(withKeeper);
        }
        future.whenDone(state -> action.run());
        return () -> {};
    }

    /** A session, seen as the keeper of its futures. It closes once the code that it was given here has run. */
    interface Keeper {
        /** Runs a user's action after earlier actions, on a thread that runs nothing else. */
        void runAction(String key, Runnable action);

        /** Completes a user's future, whose stages may block, on a thread that nothing else waits for. */
        void runCompletion(String key, Runnable completion);

        /** Runs a user's action that needs states. Reads the states first, on a thread that nothing else waits for. */
        default void runAction(String key, Runnable reading, Runnable action) {
            runCompletion(key, () -> {
                reading.run();
                runAction(key, action);
            });
        }

        /**
         * Releases many futures that this session keeps, which takes little longer than releasing one.
         *
         * @return the number of released futures, without those that have not ended or were released before
         * @throws IllegalStateException if the session is closed, or cannot release the futures, or inside a task that
         *     did not submit one of them itself
         * @throws TaskInterruptedException if this thread is interrupted
         */
        int release(Collection<? extends KeptFuture<?>> futures);
    }
}
