package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** How much longer does each task take when a session gets a million at once instead of ten thousand? */
record Scale(String name, Target target) implements Row {
    private static final int MANY = 1_000_000;
    private static final int FEW = 10_000;

    /** The number of measurements of few tasks, both before and after that of many tasks. */
    private static final int ROUNDS = 10;

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Testbed testbed = testbeds.embedded();
        testbed.warmUp().run(() -> nanosEach(testbed, FEW), () -> nanosEach(testbed, FEW));
        double[] few = new double[2 * ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            few[i] = nanosEach(testbed, FEW);
        }
        double many = nanosEach(testbed, MANY);
        for (int i = ROUNDS; i < 2 * ROUNDS; i++) {
            few[i] = nanosEach(testbed, FEW);
        }
        double peer = new Median().evaluate(few);
        return new Answer.Measured(Figures.time(many), Figures.time(peer), many / peer, "");
    }

    private static double nanosEach(Testbed testbed, int tasks) {
        try (TaskSession session = testbed.openSession()) {
            return 1e9 / new Tasks(session, new FreshKeys(), Body.SMALL, tasks).measure();
        }
    }
}
