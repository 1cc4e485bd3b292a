package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/** Operations that run one after another. The figure is their median time, in nanoseconds. */
final class OneAtATime implements Side {
    private final FreshKeys keys;
    private final int count;
    private final Operation operation;

    /** The 99th percentile of each measurement. */
    private final List<Double> tails = new ArrayList<>();

    /** Takes the operation, the source of its numbers, and how often it runs in a measurement. */
    OneAtATime(FreshKeys keys, int count, Operation operation) {
        this.keys = keys;
        this.count = count;
        this.operation = operation;
    }

    @Override
    public double measure() throws Exception {
        double[] nanos = nanos(keys.take(count), count, operation);
        tails.add(percentile(nanos, 99));
        return percentile(nanos, 50);
    }

    /** Forgets the measurements so far. */
    void forget() {
        tails.clear();
    }

    /** Returns the median of the 99th percentiles of the measurements, in nanoseconds. */
    double p99() {
        return percentile(tails.stream().mapToDouble(Double::doubleValue).toArray(), 50);
    }

    /** Measures the median time of a number of operations, in nanoseconds. */
    static double medianNanos(int first, int count, Operation operation) throws Exception {
        return percentile(nanos(first, count, operation), 50);
    }

    private static double[] nanos(int first, int count, Operation operation) throws Exception {
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
        return nanos;
    }

    private static double percentile(double[] values, double percent) {
        return new Percentile(percent).evaluate(values);
    }

    /** An operation to measure. */
    @FunctionalInterface
    interface Operation {
        /** Runs the operation for a number, and returns the number plus one. */
        int run(int number) throws Exception;
    }
}
