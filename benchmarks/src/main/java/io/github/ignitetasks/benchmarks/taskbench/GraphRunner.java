package io.github.ignitetasks.benchmarks.taskbench;

/** A system that runs graphs. */
public interface GraphRunner {

    /** Runs all tasks of a graph, checks their inputs, and returns when the last one has ended. */
    void run(Graph graph) throws Exception;

    /** Frees the memory of the results of the last graph. This takes no part in a measurement. */
    default void forget() {}
}
