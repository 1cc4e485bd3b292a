package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.measure.WarmUp;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How much longer do tasks take than they would if running tasks cost nothing?
 *
 * @param place the testbed
 * @param tasks the number of tasks
 * @param body the body of each task, by its index
 * @param ideal the time of the tasks at no cost, in nanoseconds; if it must be measured, it is measured in turn with
 *     ours
 */
record Makespan(
        String name, Target target, Function<Testbeds, ? extends Testbed> place, int tasks, BodyOf body, Side ideal)
        implements Row {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURE = Duration.ofSeconds(4);

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        FreshKeys keys = new FreshKeys();
        try (TaskSession session = place.apply(testbeds).openSession()) {
            Tasks small = new Tasks(session, keys, Body.SMALL, tasks);
            WarmUp.run(WARM_UP, small, small);
            Pairs pairs = Pairs.measure(MEASURE, () -> nanos(session, keys), ideal);
            return Answer.of(pairs, Figures::time);
        }
    }

    private double nanos(TaskSession session, FreshKeys keys) {
        int first = keys.take(tasks);
        List<TaskFuture<Integer>> futures = new ArrayList<>(tasks);
        long start = System.nanoTime();
        for (int i = 0; i < tasks; i++) {
            futures.add(session.submit(keys.key(first + i), body.of(i)));
        }
        futures.forEach(TaskFuture::result);
        return System.nanoTime() - start;
    }

    /** The bodies of tasks. */
    @FunctionalInterface
    interface BodyOf {
        /** Returns the call of the task with an index, from 0. */
        TaskCall<Integer> of(int number);
    }

    /** Returns a call that sleeps, and then returns the next number. */
    static TaskCall<Integer> sleeping(int number, Duration time) {
        long millis = time.toMillis();
        return () -> {
            Thread.sleep(millis);
            return number + 1;
        };
    }
}
