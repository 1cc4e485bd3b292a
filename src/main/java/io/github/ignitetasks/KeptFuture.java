package io.github.ignitetasks;

import java.util.Collection;
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

    /** What keeps futures: a session. */
    interface Keeper {
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
