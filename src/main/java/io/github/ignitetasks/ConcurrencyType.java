package io.github.ignitetasks;

/** How a runner's calls run concurrently, and whether they share objects with the code that submits them. */
public enum ConcurrencyType {
    /**
     * Calls run one after another and have ended when {@code submit} returns; they share objects with the submitter.
     */
    SEQUENTIAL,
    /** Calls run concurrently in this JVM. They share objects with the submitter, so they see later changes to them. */
    CONCURRENT,
    /** Calls run in parallel, possibly in other processes; each call is copied when it is submitted. */
    PARALLEL
}
