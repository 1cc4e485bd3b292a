package io.github.ignitetasks.benchmarks.measure;

/** One of the two sides of a comparison. */
@FunctionalInterface
public interface Side {

    /** Does the work once, on input that was not used before, and returns the figure to compare. */
    double measure() throws Exception;
}
