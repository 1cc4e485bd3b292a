package io.github.ignitetasks.benchmarks.taskbench;

/** A system that runs graphs. */
@FunctionalInterface
public interface GraphRunner {

    /** Runs all tasks of a graph, checks their inputs, and returns when the last one has ended. */
    void run(Graph graph) throws Exception;
}
