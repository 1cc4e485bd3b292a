package io.github.ignitetasks.internal.lifecycle;

/** A resource that is open in this JVM: a session, or nodes that were started for sessions. */
public interface OpenResource {

    /** Closes the resource because the JVM is shutting down. This method returns in bounded time. */
    void onShutdown();

    /**
     * Closes the resource because the application has ended without closing it. This method may wait for submitted
     * tasks.
     */
    void onMainEnded();

    /** Returns whether a thread belongs to this resource. Such a thread alone does not keep the application alive. */
    default boolean owns(Thread thread) {
        return false;
    }
}
