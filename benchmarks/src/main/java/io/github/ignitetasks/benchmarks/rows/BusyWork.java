package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskCall;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Tasks that keep a core busy for about a millisecond each: always by the same steps, so that they take longer where they
 * have to share the core.
 *
 * @param tasks how many there are
 * @param steps how many steps each takes
 */
record BusyWork(int tasks, int steps) {
    private static final int TRIALS = 500;
    private static final int TRIAL_STEPS = 100_000;
    private static final double MILLISECOND = 1e6;

    /** Finds out how many steps take a millisecond here. */
    static BusyWork ofMilliseconds(int tasks) {
        LongAdder results = new LongAdder();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            long start = System.nanoTime();
            results.add(work(i, TRIAL_STEPS));
            least = Math.min(least, System.nanoTime() - start);
        }
        return new BusyWork(tasks, (int) (TRIAL_STEPS * MILLISECOND / least));
    }

    /** Returns what a task does. */
    TaskCall<Integer> call(int number) {
        int captured = steps;
        return () -> work(number, captured);
    }

    /** Returns how long all tasks take in plain threads, one a core, in nanoseconds. */
    double nanosInPlainThreads() throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        LongAdder results = new LongAdder(); // or else the compiler sees that nobody needs them
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

    /** Returns a number after a random number generator has taken so many steps. */
    private static int work(int number, int steps) {
        long random = 1L + number;
        for (int i = 0; i < steps; i++) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
        }
        return (int) random;
    }
}
