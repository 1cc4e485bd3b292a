package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskCall;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.ignite.lang.IgniteCallable;

/**
 * Tasks that each keep a core busy for about the same time. All tasks run the same steps, so a task takes longer if it
 * shares its core.
 *
 * @param tasks the number of tasks
 * @param steps the number of steps of each task
 */
record BusyWork(int tasks, int steps) {
    private static final int TRIALS = 500;
    private static final int TRIAL_STEPS = 100_000;

    /** Measures how many steps take a time on this machine, and returns tasks of that many steps. */
    static BusyWork of(int tasks, Duration time) {
        LongAdder results = new LongAdder();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            long start = System.nanoTime();
            results.add(work(i, TRIAL_STEPS));
            least = Math.min(least, System.nanoTime() - start);
        }
        return new BusyWork(tasks, (int) Math.max(1, (double) TRIAL_STEPS * time.toNanos() / least));
    }

    /** Returns the call of a task. */
    TaskCall<Integer> call(int number) {
        int captured = steps;
        return () -> number + 1 + work(number, captured);
    }

    /** Returns the call of a task for raw Ignite. */
    IgniteCallable<Integer> ignites(int number) {
        return new Busy(number, steps);
    }

    /** Returns the time that all tasks take in plain threads, one thread for each core, in nanoseconds. */
    double nanosInPlainThreads() throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        LongAdder results = new LongAdder(); // keeps the compiler from removing the work
        List<Thread> threads = Stream.generate(() -> new Thread(() -> workFor(tasks / cores, results)))
                .limit(cores)
                .toList();
        long start = System.nanoTime();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return System.nanoTime() - start;
    }

    private void workFor(int count, LongAdder results) {
        for (int i = 0; i < count; i++) {
            results.add(work(i, steps));
        }
    }

    /** Returns 0, after a number of steps of a random number generator. */
    private static int work(int number, int steps) {
        long random = 1L + number;
        for (int i = 0; i < steps; i++) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
        }
        return random == 0 ? 1 : 0; // the generator never gets to 0
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
            return number + 1 + work(number, steps);
        }
    }
}
