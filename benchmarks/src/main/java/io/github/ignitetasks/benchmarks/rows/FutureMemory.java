package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How much heap does a future take in the submitter's JVM while its task waits for a slot? There is no peer. */
record FutureMemory(String name, Target target) implements Row {
    private static final int TASKS = 60_000;
    private static final int BLOCKERS = 50;
    private static final Duration LONG = Duration.ofMinutes(10);

    @Override
    public Answer measure(Testbeds testbeds) {
        FreshKeys keys = new FreshKeys();
        TaskSession session = testbeds.grid().openSession();
        new Tasks(session, keys, Body.SMALL, TASKS).measure(); // allocates the objects that all futures share
        for (int i = 0; i < BLOCKERS; i++) {
            int n = keys.take(1);
            session.submit(keys.key(n), Makespan.sleeping(n, LONG));
        }
        long before = usedHeap();
        List<TaskFuture<Integer>> pending = new ArrayList<>(TASKS);
        int first = keys.take(TASKS);
        for (int n = first; n < first + TASKS; n++) {
            pending.add(session.submit(keys.key(n), Body.SMALL.ours(n)));
        }
        double bytes = (double) (usedHeap() - before) / TASKS;
        long ended =
                pending.stream().filter(future -> future.state().isPresent()).count();
        session.close(Duration.ZERO);
        testbeds.close();
        if (ended > 0) {
            return new Answer.NoResult(Figures.bytes(bytes), "-", ended + " tasks did not wait");
        }
        return new Answer.Measured(Figures.bytes(bytes), "-", bytes, "");
    }

    private static long usedHeap() {
        System.gc();
        System.gc(); // frees objects whose finalizers and cleaners have run
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
