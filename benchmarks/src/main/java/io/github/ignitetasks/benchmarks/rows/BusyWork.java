package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.benchmarks.taskbench.Spin;
import java.io.Serial;
import java.time.Duration;
import org.apache.ignite.lang.IgniteCallable;

/**
 * Tasks that each keep a core busy for about the same time. All tasks run the same steps, so a task takes longer if it
 * shares its core.
 *
 * @param tasks the number of tasks
 * @param steps the number of steps of each task
 */
record BusyWork(int tasks, int steps) {
    /** Measures how many steps take a time on this machine while all cores are busy, and returns tasks of that many. */
    static BusyWork of(int tasks, Duration time) throws InterruptedException {
        return new BusyWork(tasks, (int) Math.max(1, time.toNanos() * Spin.iterationsPerNano()));
    }

    /** Returns the call of a task. */
    TaskCall<Integer> call(int number) {
        int captured = steps;
        return () -> number + 1 + Spin.spin(number, captured);
    }

    /** Returns the call of a task for raw Ignite. */
    IgniteCallable<Integer> ignites(int number) {
        return new Busy(number, steps);
    }

    /** Returns the time that all tasks take in plain threads, one thread for each core, in nanoseconds. */
    double nanosInPlainThreads() throws InterruptedException {
        return Spin.nanosInPlainThreads((long) tasks * steps);
    }

    /** A busy task of raw Ignite, as a named class. */
    private static final class Busy implements IgniteCallable<Integer> {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int number;
        private final int steps;

        Busy(int number, int steps) {
            this.number = number;
            this.steps = steps;
        }

        @Override
        public Integer call() {
            return number + 1 + Spin.spin(number, steps);
        }
    }
}
