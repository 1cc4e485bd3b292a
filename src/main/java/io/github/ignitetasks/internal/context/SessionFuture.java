package io.github.ignitetasks.internal.context;

/** A future that a session keeps, as the rest of the library uses it. Safe to share between threads. */
public interface SessionFuture {

    /** Returns the key. */
    String key();

    /** Returns whether the task has ended. */
    boolean isDone();

    /** Returns whether the task has ended, and its result or exception can be had without running user code. */
    boolean isResultAtHand();

    /** Returns whether the future was released. */
    boolean isReleased();

    /** Returns the session that keeps the future. */
    FutureOwner owner();

    /**
     * Calls an action of this library when the task ends. If the task has ended, the action runs at once. Otherwise it
     * runs on the thread that ends the task. That thread must go on, so the action must be short and run no user code.
     *
     * @return takes the action back, if it has not been called, so that nothing of it stays
     */
    Runnable whenEnded(Runnable action);
}
