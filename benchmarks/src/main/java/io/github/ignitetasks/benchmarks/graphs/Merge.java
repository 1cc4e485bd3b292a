package io.github.ignitetasks.benchmarks.graphs;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.peers.DaskCluster;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks without upstreams, and one task that adds their results.
 *
 * @param tasks the number of tasks without upstreams
 * @param sleep how long each of them sleeps; with zero, they do not sleep
 */
record Merge(int tasks, Duration sleep) implements Reduction {

    @Override
    public TaskFuture<Long> submit(TaskSession session, FreshKeys keys) {
        int first = keys.take(tasks + 1);
        List<TaskFuture<Integer>> futures = new ArrayList<>(tasks);
        for (int n = 0; n < tasks; n++) {
            futures.add(session.submit(keys.key(first + n), sleep.isZero() ? trivial(n) : sleeping(n)));
        }
        return session.submit(keys.key(first + tasks), () -> add(futures));
    }

    private static TaskCall<Integer> trivial(int number) {
        return () -> number + 1;
    }

    private TaskCall<Integer> sleeping(int number) {
        long millis = sleep.toMillis();
        return () -> {
            Thread.sleep(millis);
            return number + 1;
        };
    }

    private static long add(List<TaskFuture<Integer>> futures) {
        return futures.stream().mapToLong(TaskFuture::result).sum();
    }

    @Override
    public double seconds(DaskCluster dask, DaskForm form) throws IOException {
        return dask.seconds("merge", form, tasks, sleep.toMillis() / 1e3);
    }

    @Override
    public long sum() {
        return tasks * (tasks + 1L) / 2;
    }
}
