package io.github.ignitetasks.benchmarks.measure;

/** One of the two that are compared. */
@FunctionalInterface
public interface Side {

    /** Works once, on what nobody has worked on before, and returns the figure that is compared. */
    double measure() throws Exception;
}
