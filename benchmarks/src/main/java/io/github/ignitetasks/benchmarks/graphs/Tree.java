package io.github.ignitetasks.benchmarks.graphs;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.peers.DaskCluster;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A binary tree of tasks that adds numbers: each task adds two neighbours.
 *
 * @param height the height of the tree; its leaves are the numbers from 0 to 2 to the power of the height
 */
record Tree(int height) implements Reduction {

    @Override
    public TaskFuture<Long> submit(TaskSession session, FreshKeys keys) {
        List<TaskFuture<Long>> level = new ArrayList<>();
        for (long number = 0; number < leaves(); number += 2) {
            long left = number;
            long right = number + 1;
            level.add(session.submit(keys.key(keys.take(1)), () -> left + right));
        }
        while (level.size() > 1) {
            List<TaskFuture<Long>> next = new ArrayList<>(level.size() / 2);
            for (int i = 0; i < level.size(); i += 2) {
                TaskFuture<Long> left = level.get(i);
                TaskFuture<Long> right = level.get(i + 1);
                next.add(session.submit(keys.key(keys.take(1)), () -> left.result() + right.result()));
            }
            level = next;
        }
        return level.get(0);
    }

    @Override
    public double seconds(DaskCluster dask, DaskForm form) throws IOException {
        return dask.seconds("tree", form, leaves());
    }

    @Override
    public long sum() {
        return leaves() * (leaves() - 1) / 2;
    }

    private long leaves() {
        return 1L << height;
    }
}
