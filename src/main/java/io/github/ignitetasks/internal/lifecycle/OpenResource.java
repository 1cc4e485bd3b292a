package io.github.ignitetasks.internal.lifecycle;

/** A resource that is open in this JVM: a session, or nodes that were started for sessions. */
public interface OpenResource {

    /** Closes it because the JVM shuts down. Returns in bounded time. */
    void onShutdown();

    /** Closes it because the application has ended without closing it. May wait for what it was given to do. */
    void onMainEnded();

    /** Returns whether a thread is its own, so that the thread alone is no reason for the JVM to go on. */
    default boolean owns(Thread thread) {
        return false;
    }
}
