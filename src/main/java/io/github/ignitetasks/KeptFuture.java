package io.github.ignitetasks;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A future that is kept, so that its key runs once, until it is released. For who writes sessions; others need no more
 * than {@link TaskFuture#release()}.
 *
 * @param <R> the type of the result
 */
public interface KeptFuture<R extends @Nullable Object> extends TaskFuture<R> {

    /** Returns what keeps it. */
    Keeper keeper();

    /** Returns whether it was released. */
    boolean isReleased();

    /**
     * Waits for the end as {@link #await} does for the state, and fetches no result.
     *
     * @return whether the task has ended
     */
    boolean awaitEnd(Duration timeout);

    /**
     * Returns the state if it is final, else empty, as far as it is {@linkplain #isStateAtHand at hand}: else it is
     * {@linkplain State.Completed#withResultElsewhere Completed without the result}, or has the text alone of what the task
     * threw. So this runs no code of users, and waits for nothing.
     */
    Optional<State<R>> end();

    /**
     * Returns the state as {@link #end()} does, but reads it within the time; a result that stayed on a grid is not
     * fetched.
     */
    Optional<State<R>> end(Duration reading);

    /**
     * Returns whether the state is final, and {@link #state()} runs no code of users and waits for nothing: what the task
     * returned or threw has been read, or none of it is an object.
     */
    boolean isStateAtHand();

    /**
     * Calls an action of this library at the end, and fetches no result: at once if it has ended, else on the thread that
     * ends it. That thread must go on, so the action is short and runs no code of users.
     */
    void whenEnded(Runnable action);

    /** Waits for the end of any future, and fetches no result if it is kept; returns whether it has ended. */
    static boolean awaitEndOf(TaskFuture<?> future, Duration timeout) {
        if (future instanceof KeptFuture<?> kept) {
            return kept.awaitEnd(timeout);
        }
        return future instanceof AllFutures<?> all
                ? all.awaitEnd(timeout)
                : future.await(timeout).isPresent();
    }

    /** Returns the state of any future if it is final, else empty; if it is kept, as {@link #end()} does. */
    static Optional<? extends State<?>> endOf(TaskFuture<?> future) {
        if (future instanceof KeptFuture<?> kept) {
            return kept.end();
        }
        return future instanceof AllFutures<?> all ? all.end() : future.state();
    }

    /** Returns the state of any future if it is final, else empty; if it is kept, as {@link #end(Duration)} does. */
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

    /** Calls an action of this library at the end of any future, as {@link #whenEnded} does where it can. */
    static void whenEndOf(TaskFuture<?> future, Runnable action) {
        if (future instanceof KeptFuture<?> kept) {
            kept.whenEnded(action);
        } else if (future instanceof AllFutures<?> all) {
            all.whenEnded(keeper -> action.run());
        } else {
            future.whenDone(state -> action.run());
        }
    }

    /** What keeps futures: a session. It closes once what it was given here has run. */
    interface Keeper {
        /** Runs an action of a user, after those before it, on a thread that runs nothing else. */
        void runAction(String key, Runnable action);

        /** Completes a future of a user, whose stages may block: on a thread that nothing else waits for. */
        void runCompletion(String key, Runnable completion);

        /** Runs an action of a user that needs states: reads them first, on a thread that nothing else waits for. */
        default void runAction(String key, Runnable reading, Runnable action) {
            runCompletion(key, () -> {
                reading.run();
                runAction(key, action);
            });
        }

        /**
         * Releases many futures that it keeps, which takes little more than releasing one.
         *
         * @return how many were released: not those that have not ended, or were released before
         * @throws IllegalStateException if it keeps nothing any more, or cannot release them
         * @throws TaskInterruptedException if this thread is interrupted
         */
        int release(Collection<? extends KeptFuture<?>> futures);
    }
}
