package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;
import org.apache.ignite.IgniteCompute;

/** How long does a chain of dependent tasks take? The peer runs as many {@code IgniteCompute.call}s in a row. */
record Chain(String name, Target target) implements Row {
    private static final int LENGTH = 1_000;
    private static final Duration MEASURE = Duration.ofSeconds(3);

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Testbed testbed = testbeds.embedded();
        FreshKeys keys = new FreshKeys();
        IgniteCompute compute =
                testbed.ignite().compute(testbed.ignite().cluster().forServers());
        try (TaskSession session = testbed.openSession()) {
            testbed.warmUp().run(() -> tasks(session, keys), () -> calls(compute));
            Pairs pairs = Pairs.measure(MEASURE, () -> tasks(session, keys), () -> calls(compute));
            return Answer.of(pairs, Figures::time);
        }
    }

    private static double tasks(TaskSession session, FreshKeys keys) {
        int first = keys.take(LENGTH);
        long start = System.nanoTime();
        TaskFuture<Integer> last = session.submit(keys.key(first), Body.SMALL.ours(0));
        for (int n = first + 1; n < first + LENGTH; n++) {
            TaskFuture<Integer> upstream = last;
            last = session.submit(keys.key(n), () -> upstream.result() + 1);
        }
        checkEnd(last.result());
        return System.nanoTime() - start;
    }

    private static double calls(IgniteCompute compute) {
        long start = System.nanoTime();
        int last = 0;
        for (int i = 0; i < LENGTH; i++) {
            last = compute.call(Body.SMALL.ignites(last));
        }
        checkEnd(last);
        return System.nanoTime() - start;
    }

    private static void checkEnd(int last) {
        if (last != LENGTH) {
            throw new IllegalStateException("the last result should be " + LENGTH + ", but is " + last);
        }
    }
}
