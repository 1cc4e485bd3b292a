package io.github.ignitetasks.benchmarks.rows;

import org.apache.commons.math3.stat.descriptive.rank.Median;

/** Measures operations that run one after another. */
final class OneAtATime {
    private OneAtATime() {}

    /** Returns the median time of a number of operations, in nanoseconds. */
    static double medianNanos(int first, int count, Operation operation) throws Exception {
        double[] nanos = new double[count];
        for (int i = 0; i < count; i++) {
            int number = first + i;
            long start = System.nanoTime();
            int result = operation.run(number);
            nanos[i] = System.nanoTime() - start;
            if (result != number + 1) {
                throw new IllegalStateException("the result should be " + (number + 1) + ", but is " + result);
            }
        }
        return new Median().evaluate(nanos);
    }

    /** An operation to measure. */
    @FunctionalInterface
    interface Operation {
        /** Runs the operation for a number, and returns the number plus one. */
        int run(int number) throws Exception;
    }
}
