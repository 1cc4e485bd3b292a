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
    private static final Duration WARM_UP_ROUND = Duration.ofSeconds(1);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(36);
    private static final double STILL_FASTER = 0.96;

    /** The share of a processor's time that compilers take while they still have much to do. */
    private static final double STILL_COMPILED = 0.4;

    /** Runs both sides until they hardly get faster and most of their code is compiled. */
    public static void warmUp(Compilers compilers, Side ours, Side peer) throws Exception {
        warmUp(LONGEST_WARM_UP, compilers, ours, peer);
    }

    /** Runs both sides until they hardly get faster, but no longer than a time limit. */
    public static void warmUp(Duration longest, Side ours, Side peer) throws Exception {
        warmUp(longest, () -> 0, ours, peer);
    }

    private static void warmUp(Duration longest, Compilers compilers, Side ours, Side peer) throws Exception {
        long start = System.nanoTime();
        long before;
        long nanos = Long.MAX_VALUE;
        long peersBefore;
        long peersNanos = Long.MAX_VALUE;
        long compiled = compilers.compileMillis();
        boolean compiling;
        do {
            long round = System.nanoTime();
            before = nanos;
            peersBefore = peersNanos;
            nanos = fastest(ours);
            peersNanos = fastest(peer);
            long now = compilers.compileMillis();
            compiling = (now - compiled) * 1e6 > STILL_COMPILED * (System.nanoTime() - round);
            compiled = now;
        } while ((compiling || nanos < STILL_FASTER * before || peersNanos < STILL_FASTER * peersBefore)
                && System.nanoTime() - start < longest.toNanos());
    }

    /** Runs a side for a while, and returns its shortest time for one run, in nanoseconds. */
    private static long fastest(Side side) throws Exception {
        long start = System.nanoTime();
        long fastest = Long.MAX_VALUE;
        do {
            fastest = Math.min(fastest, nanos(side));
        } while (System.nanoTime() - start < WARM_UP_ROUND.toNanos());
        return fastest;
    }

    private static long nanos(Side side) throws Exception {
        long start = System.nanoTime();
        side.measure();
        return System.nanoTime() - start;
    }

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
