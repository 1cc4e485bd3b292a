package io.github.ignitetasks.benchmarks.measure;

import java.util.Arrays;
import java.util.Collection;

/** Places in a sorted row of figures. */
public final class Percentile {
    private Percentile() {}

    /** Returns the one in the middle. */
    public static double median(Collection<Double> figures) {
        return median(figures.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Returns the one in the middle. */
    public static double median(double... figures) {
        return of(0.5, figures);
    }

    /** Returns the least figure that is not below that share of them, from 0 to 1. */
    public static double of(double share, double... figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("there are no figures");
        }
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
    }
}
