package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.measure.WarmUp;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.math3.stat.StatUtils;

/** How much longer do small tasks wait for their results when a few slow ones are among them? */
record MixedBurst(String name, Target target) implements Row {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURE = Duration.ofSeconds(5);
    private static final int TASKS = 1_000;
    private static final int SLOW_TASKS = 4;
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final double PERCENT = 99;

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        FreshKeys keys = new FreshKeys();
        try (TaskSession session = testbeds.grid(2, 4).openSession()) {
            WarmUp.run(WARM_UP, () -> nanos(session, keys, 0), () -> nanos(session, keys, 0));
            Pairs pairs = Pairs.measure(MEASURE, () -> nanos(session, keys, SLOW_TASKS), () -> nanos(session, keys, 0));
            return Answer.of(pairs, Figures::time);
        }
    }

    /** Submits a burst, and returns the 99th percentile of the small tasks' times, in nanoseconds. */
    private static double nanos(TaskSession session, FreshKeys keys, int slowTasks) throws InterruptedException {
        List<TaskFuture<Integer>> slow = new ArrayList<>();
        double[] nanos = new double[TASKS];
        CountDownLatch left = new CountDownLatch(TASKS);
        for (int i = 0; i < TASKS; i++) {
            if (slowTasks > 0 && i % (TASKS / slowTasks) == 0) {
                int n = keys.take(1);
                slow.add(session.submit(keys.key(n), Makespan.sleeping(n, SLOW)));
            }
            int index = i;
            int n = keys.take(1);
            long start = System.nanoTime();
            session.submit(keys.key(n), Body.SMALL.ours(n)).whenDone(state -> {
                nanos[index] = System.nanoTime() - start;
                left.countDown();
            });
        }
        left.await();
        slow.forEach(TaskFuture::cancel); // the measurement is over, and the next burst needs the slots
        slow.forEach(future -> future.await(CallOptions.FOREVER));
        return StatUtils.percentile(nanos, PERCENT);
    }
}
