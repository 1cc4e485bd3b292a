package io.github.ignitetasks.examples;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.FlowRun;
import io.github.ignitetasks.flow.Task;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Estimates pi from random points, and stops once the standard error is small enough: {@code monte-carlo [ERROR]}.
 * Nobody knows how many points that takes, so the tasks come from an endless stream. Closing it cancels the tasks
 * ahead.
 */
final class MonteCarlo {
    private static final long POINTS = 1_000_000;
    private static final int AHEAD = 16;
    private static final double DEFAULT_ERROR = 1e-3;

    /** Takes a seed, and returns how many of a million points are in the quarter circle. */
    static final Task<Long, Long> SAMPLE = Task.named("sample").body(seed -> {
        SplittableRandom random = new SplittableRandom(seed);
        return LongStream.range(0, POINTS)
                .filter(i -> {
                    double x = random.nextDouble();
                    double y = random.nextDouble();
                    return x * x + y * y <= 1;
                })
                .count();
    });

    static final Flow<Double, Estimate> PI = Flow.named("monte-carlo").body(MonteCarlo::estimate);

    private MonteCarlo() {}

    private static Estimate estimate(FlowRun run, double error) {
        Estimate estimate = new Estimate(0, 0);
        try (Stream<Long> samples =
                run.mapStream(SAMPLE, LongStream.iterate(0, seed -> seed + 1).boxed(), AHEAD)) {
            Iterator<Long> hits = samples.iterator();
            while (!(estimate.error() <= error)) {
                estimate = estimate.with(hits.next());
            }
        }
        return estimate;
    }

    /** Runs the example and returns its exit code. */
    static int run(List<String> args, TaskRunner taskRunner) {
        System.out.println(PI.withTaskRunner(taskRunner).run(error(args)));
        return 0;
    }

    private static double error(List<String> args) {
        if (args.isEmpty()) {
            return DEFAULT_ERROR;
        }
        try {
            double error = Double.parseDouble(args.get(0));
            if (error >= 1e-5) {
                return error;
            }
        } catch (NumberFormatException e) {
            // the exception below names the text
        }
        throw new IllegalArgumentException("'" + args.get(0) + "' is no standard error; give a number from 0.00001");
    }

    /**
     * An estimate of pi.
     *
     * @param hits how many points were in the quarter circle
     * @param points how many points there were
     */
    record Estimate(long hits, long points) {
        Estimate with(long more) {
            return new Estimate(hits + more, points + POINTS);
        }

        double pi() {
            return 4.0 * hits / points;
        }

        /** Returns the standard error; NaN without points. */
        double error() {
            double share = (double) hits / points;
            return 4 * Math.sqrt(share * (1 - share) / points);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "pi is %.5f ± %.5f, after %,d points", pi(), error(), points);
        }
    }
}
