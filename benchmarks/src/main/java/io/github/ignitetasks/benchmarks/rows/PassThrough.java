package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Grid;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.ignite.spi.communication.CommunicationSpi;

/**
 * How much of a large result passes through the submitter when another task uses the result? The peer is one task that
 * makes the result and uses it itself. The figure is the difference, in percent of the result's size.
 */
record PassThrough(String name, Target target) implements Row {
    private static final int SIZE = 64_000_000; // with its serialization overhead, below the limit of a result
    private static final int ROUNDS = 3;

    @Override
    public Answer measure(Testbeds testbeds) {
        Grid grid = testbeds.grid();
        FreshKeys keys = new FreshKeys();
        double[] ours = new double[ROUNDS];
        double[] alone = new double[ROUNDS];
        try (TaskSession session = grid.openSession()) {
            bytes(grid, session, keys, PassThrough::inOneTask); // also opens the session's connections
            for (int i = 0; i < ROUNDS; i++) {
                ours[i] = bytes(grid, session, keys, PassThrough::inTwoTasks);
                alone[i] = bytes(grid, session, keys, PassThrough::inOneTask);
            }
        }
        double passed = new Median().evaluate(ours);
        double needed = new Median().evaluate(alone);
        return new Answer.Measured(
                Figures.bytes(passed), Figures.bytes(needed), 100 * Math.max(0, passed - needed) / SIZE, "");
    }

    /** Returns the number of bytes that this JVM sends and receives. */
    private static double bytes(Grid grid, TaskSession session, FreshKeys keys, Work work) {
        CommunicationSpi<?> communication = grid.ignite().configuration().getCommunicationSpi();
        long before = communication.getSentBytesCount() + communication.getReceivedBytesCount();
        work.run(session, keys);
        return communication.getSentBytesCount() + communication.getReceivedBytesCount() - before;
    }

    private static void inTwoTasks(TaskSession session, FreshKeys keys) {
        TaskFuture<byte[]> large = session.submit(keys.key(keys.take(1)), PassThrough::large);
        session.submit(keys.key(keys.take(1)), () -> sum(large.result())).result();
    }

    private static void inOneTask(TaskSession session, FreshKeys keys) {
        session.submit(keys.key(keys.take(1)), () -> sum(large())).result();
    }

    private static byte[] large() {
        byte[] large = new byte[SIZE];
        Arrays.fill(large, (byte) 1);
        return large;
    }

    private static int sum(byte[] large) {
        int sum = 0;
        for (byte each : large) {
            sum += each;
        }
        return sum;
    }

    @FunctionalInterface
    private interface Work {
        void run(TaskSession session, FreshKeys keys);
    }
}
