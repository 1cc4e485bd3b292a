package io.github.ignitetasks.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * The medians of two sides, measured in turn. A slow moment of the machine slows both sides of a pair, so their ratio
 * stays nearly the same.
 *
 * @param ours the median of our figures
 * @param peer the median of the peer's figures
 * @param ratio the median of the ratios of our figure to the peer's, pair by pair
 * @param low the lower quartile of these ratios
 * @param high the upper quartile of these ratios
 */
public record Pairs(double ours, double peer, double ratio, double low, double high) {
    private static final int LEAST_PAIRS = 3;

    /** Measures as many pairs as fit into a time, and at least a few. Every second pair starts with the peer. */
    public static Pairs measure(Duration time, Side ours, Side peer) throws Exception {
        long start = System.nanoTime();
        return measure(done -> done < LEAST_PAIRS || System.nanoTime() - start < time.toNanos(), ours, peer);
    }

    /** Measures a number of pairs. Every second pair starts with the peer. */
    public static Pairs measure(int pairs, Side ours, Side peer) throws Exception {
        return measure(done -> done < pairs, ours, peer);
    }

    private static Pairs measure(IntPredicate more, Side ours, Side peer) throws Exception {
        List<Double> figures = new ArrayList<>();
        List<Double> peersFigures = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; more.test(i); i++) {
            double first = i % 2 == 0 ? ours.measure() : peer.measure();
            double second = i % 2 == 0 ? peer.measure() : ours.measure();
            double figure = i % 2 == 0 ? first : second;
            double peersFigure = i % 2 == 0 ? second : first;
            figures.add(figure);
            peersFigures.add(peersFigure);
            ratios.add(figure / peersFigure);
        }
        return new Pairs(
                percentile(figures, 50),
                percentile(peersFigures, 50),
                percentile(ratios, 50),
                percentile(ratios, 25),
                percentile(ratios, 75));
    }

    /** Returns the quartiles of the ratios as text. */
    public String spread() {
        return Figures.digits(low) + "–" + Figures.digits(high);
    }

    private static double percentile(List<Double> figures, double percent) {
        return new Percentile(percent)
                .evaluate(figures.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
