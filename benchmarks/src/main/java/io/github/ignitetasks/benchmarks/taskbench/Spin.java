package io.github.ignitetasks.benchmarks.taskbench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Work that keeps a core busy: steps of a random number generator, which no compiler can leave out. */
public final class Spin {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /** The iterations of one call in a plain thread: about those of a short task. */
    private static final int CHUNK = 20_000;

    private static final int TRIALS = 6;
    private static final long TRIAL = 40_000_000;

    /** Takes the results of plain threads, so that the compiler keeps their work. */
    private static final LongAdder RESULTS = new LongAdder();

    private Spin() {}

    /** Returns 0, after a number of iterations. */
    public static int spin(int seed, int iterations) {
        long random = seed + 1L;
        for (int i = 0; i < iterations; i++) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
        }
        return random == 0 ? 1 : 0; // the generator never gets to 0
    }

    /** Returns how many iterations a core does in a nanosecond while all cores are busy. */
    public static double iterationsPerNano() throws InterruptedException {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            best = Math.min(best, nanosInPlainThreads(TRIAL * CORES));
        }
        return TRIAL / best;
    }

    /** Returns how long plain threads, one for each core, take for iterations, in nanoseconds. */
    public static double nanosInPlainThreads(long iterations) throws InterruptedException {
        long each = iterations / CORES;
        CountDownLatch go = new CountDownLatch(1);
        Thread[] threads = IntStream.range(0, CORES)
                .mapToObj(seed -> new Thread(() -> spinFor(go, seed, each)))
                .toArray(Thread[]::new);
        for (Thread thread : threads) {
            thread.start();
        }
        long start = System.nanoTime();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return System.nanoTime() - start;
    }

    private static void spinFor(CountDownLatch go, int seed, long iterations) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
        long sum = 0;
        for (long done = 0; done < iterations; done += CHUNK) {
            sum += spin(seed, (int) Math.min(CHUNK, iterations - done));
        }
        RESULTS.add(sum);
    }
}
