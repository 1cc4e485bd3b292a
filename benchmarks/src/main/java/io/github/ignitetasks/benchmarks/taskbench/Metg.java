package io.github.ignitetasks.benchmarks.taskbench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * The minimum effective task granularity (METG) of a system: the time of a task, on an idle core, at which the system
 * does useful work for half of the time. Tasks get shorter by half until the efficiency is below one quarter. The
 * efficiency is the time of the same work without a system, divided by the time of the graph; that work is done before
 * and after each graph.
 *
 * @param width how many tasks a step has
 * @param repeats how often each graph runs
 * @param size how long tasks are, and how many a graph has
 * @param plain the same work without a system
 * @param iterationsPerNano how many iterations a core does in a nanosecond
 */
public record Metg(int width, int repeats, GraphSize size, PlainWork plain, double iterationsPerNano) {
    private static final double HALF = 0.5;

    /** The efficiency at which the measurement ends: shorter tasks will not be efficient again. */
    private static final double LEAST_EFFICIENCY = 0.25;

    private static final double SHORTEST_NANOS = 200;

    /** The tasks and iterations of a graph that only makes the JVM compile. */
    private static final int WARM_UP_TASKS = 2_000;

    private static final int WARM_UP_ITERATIONS = 200;

    /** Measures this machine, and returns the measurement of graphs of that width. */
    public static Metg ofWidth(int width, int repeats, GraphSize size, PlainWork plain) throws Exception {
        return new Metg(width, repeats, size, plain, plain.iterationsPerNano());
    }

    /**
     * How a system does with tasks of one length.
     *
     * @param nanos the time of a task on an idle core, in nanoseconds
     * @param efficiency the share of the time that was useful work
     */
    public record Point(double nanos, double efficiency) {}

    /**
     * The result of a system.
     *
     * @param nanos the METG in nanoseconds; the length of the longest tasks, if even they are not efficient
     * @param points the measured points, the longest tasks first
     */
    public record Result(double nanos, List<Point> points) {

        /** Returns whether tasks of some length are efficient. */
        public boolean isReached() {
            return points.stream().anyMatch(point -> point.efficiency() >= HALF);
        }
    }

    /** Runs small graphs of a pattern for a while, so that the JVM compiles what they run. */
    public void warmUp(Pattern pattern, List<GraphRunner> runners, Duration time) throws Exception {
        Graph graph = new Graph(pattern, width, Math.max(1, WARM_UP_TASKS / width), WARM_UP_ITERATIONS);
        long start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos()) {
            for (GraphRunner runner : runners) {
                runner.run(graph);
                runner.forget();
            }
        }
    }

    /** Measures a system, from the longest tasks to those that are not efficient any more. */
    public Result measure(Pattern pattern, GraphRunner runner) throws Exception {
        List<Point> points = new ArrayList<>();
        for (double nanos = size.longest().toNanos(); nanos > SHORTEST_NANOS; nanos /= 2) {
            Point point = new Point(nanos, efficiency(graph(pattern, nanos), runner));
            points.add(point);
            if (point.efficiency() < LEAST_EFFICIENCY) {
                break;
            }
        }
        return new Result(metg(points), points);
    }

    /** Returns the shortest time at which the efficiency crosses one half, between two points. */
    private static double metg(List<Point> points) {
        for (int i = points.size() - 1; i > 0; i--) {
            Point shorter = points.get(i);
            Point longer = points.get(i - 1);
            if (shorter.efficiency() < HALF && longer.efficiency() >= HALF) {
                double share = (HALF - shorter.efficiency()) / (longer.efficiency() - shorter.efficiency());
                return shorter.nanos() + share * (longer.nanos() - shorter.nanos());
            }
        }
        Point last = points.get(points.size() - 1);
        return last.efficiency() >= HALF ? last.nanos() : points.get(0).nanos();
    }

    private Graph graph(Pattern pattern, double nanos) {
        int iterations = (int) Math.max(1, nanos * iterationsPerNano);
        return new Graph(pattern, width, size.steps(width, nanos), iterations);
    }

    private double efficiency(Graph graph, GraphRunner runner) throws Exception {
        long iterations = (long) graph.iterations() * graph.tasks();
        double[] efficiencies = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            double before = plain.nanos(iterations);
            long start = System.nanoTime();
            runner.run(graph);
            double taken = System.nanoTime() - start;
            runner.forget();
            efficiencies[i] = (before + plain.nanos(iterations)) / 2 / taken;
        }
        return new Median().evaluate(efficiencies);
    }
}
