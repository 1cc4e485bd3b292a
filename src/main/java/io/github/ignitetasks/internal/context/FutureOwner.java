package io.github.ignitetasks.internal.context;

import java.util.Collection;
import java.util.Optional;

/**
 * A session, seen as the owner of its futures. It closes once the code that it was given here has run. Safe to share
 * between threads.
 */
public interface FutureOwner {

    /** Runs a user's action after earlier actions, on a thread that runs nothing else. */
    void runAction(String key, Runnable action);

    /** Completes a user's future, whose stages may block, on a thread that nothing else waits for. */
    void runCompletion(String key, Runnable completion);

    /** Returns the future of a key if this session has one and the task has ended; asks nobody else. */
    Optional<? extends SessionFuture> ended(String key);

    /**
     * Releases many futures that this session keeps, which takes little longer than releasing one.
     *
     * @return the number of released futures, without those that have not ended or were released before
     * @throws IllegalStateException if the session is closed, or cannot release the futures, or inside a task that did
     *     not submit one of them itself
     */
    int release(Collection<? extends SessionFuture> futures);
}
