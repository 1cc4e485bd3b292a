package io.github.ignitetasks;

/** How a runner's calls run beside each other, and whether they share objects with the code that submits them. */
public enum ConcurrencyType {
    /** One after another, each ended when {@code submit} returns; calls are shared. */
    SEQUENTIAL,
    /** Side by side in this JVM; calls are shared, so they see later changes to what they captured. */
    CONCURRENT,
    /** Side by side, maybe in other processes; a call is copied when it is submitted. */
    PARALLEL
}
