package io.github.ignitetasks.internal.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run work in slots. A thread that has run a piece of work goes on with the next work for the same
 * slot. Safe to share between threads.
 */
final class SlotThreads implements AutoCloseable {
    private final ExecutorService threads;
    private final Function<SlotWork, @Nullable SlotWork> runner;
    private final AtomicInteger atWork = new AtomicInteger();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();

    /** Whether somebody waits for the end of all work. */
    private volatile boolean draining;

    /**
     * Makes threads.
     *
     * @param threads makes each of them
     * @param runner runs work, and returns the next work for its slot, if there is any
     */
    SlotThreads(ThreadFactory threads, Function<SlotWork, @Nullable SlotWork> runner) {
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                Timings.IDLE_THREAD.toNanos(),
                TimeUnit.NANOSECONDS,
                new SynchronousQueue<>(),
                threads);
        this.runner = runner;
    }

    /** Counts a thread that is about to {@linkplain #start start}, so that a drain waits for it. */
    void count() {
        atWork.incrementAndGet();
    }

    /** Runs work on a thread that was counted. */
    void start(SlotWork work) {
        threads.execute(() -> {
            try {
                SlotWork next = work;
                while (next != null) {
                    Thread.interrupted(); // clear an interrupt that the previous work left behind
                    next = runner.apply(next);
                }
            } finally {
                onEnd();
            }
        });
    }

    private void onEnd() {
        if (atWork.decrementAndGet() == 0 && draining) {
            idle.complete(null);
        }
    }

    /** Returns a future that completes when no thread is at work; no work may start any more. */
    CompletableFuture<Void> drain() {
        draining = true; // before the check, so that the last thread or this one completes the future
        if (atWork.get() == 0) {
            idle.complete(null);
        }
        return idle;
    }

    /** Interrupts running work. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
