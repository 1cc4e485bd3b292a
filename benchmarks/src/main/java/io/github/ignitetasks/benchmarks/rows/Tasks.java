package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The library at full load. Submits tasks, waits for all results, and measures how many it ran a second. */
final class Tasks implements Side {
    private final TaskSession session;
    private final FreshKeys keys;
    private final Body body;
    private final int tasks;

    /** Takes the session, the source of keys, and the body and the number of the tasks to run at a time. */
    Tasks(TaskSession session, FreshKeys keys, Body body, int tasks) {
        this.session = session;
        this.keys = keys;
        this.body = body;
        this.tasks = tasks;
    }

    /** Returns the same side with as many tasks as run for about a given time. */
    Tasks lasting(Duration duration) {
        return new Tasks(session, keys, body, (int) Math.ceil(measure() * duration.toMillis() / 1e3));
    }

    @Override
    public double measure() {
        int first = keys.take(tasks);
        List<TaskFuture<Integer>> futures = new ArrayList<>(tasks);
        long start = System.nanoTime();
        for (int n = first; n < first + tasks; n++) {
            futures.add(session.submit(keys.key(n), body.ours(n)));
        }
        int next = first;
        for (TaskFuture<Integer> future : futures) {
            int result = future.result();
            next++;
            if (result != next) {
                throw new IllegalStateException(future.key() + " should be " + next + ", but is " + result);
            }
        }
        return tasks * 1e9 / (System.nanoTime() - start);
    }
}
