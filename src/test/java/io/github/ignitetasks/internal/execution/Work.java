package io.github.ignitetasks.internal.execution;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A piece of work in a slot that a test observes. */
final class Work {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CompletableFuture<Slot> slot = new CompletableFuture<>();
    private final CompletableFuture<Thread> thread = new CompletableFuture<>();
    private final CompletableFuture<String> over = new CompletableFuture<>();

    /** The code of the work. */
    interface Code {
        void run() throws InterruptedException;
    }

    /** Waits until a latch opens, and fails if it does not open in time. */
    static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toNanos(), NANOSECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void run(Slot slot, Code code) {
        this.slot.complete(slot);
        thread.complete(Thread.currentThread());
        started.countDown();
        try {
            code.run();
            over.complete("ended");
        } catch (InterruptedException e) {
            over.completeExceptionally(e);
        }
        ended.countDown();
    }

    void awaitStart() {
        pass(started);
    }

    void awaitEnd() {
        pass(ended);
    }

    boolean isStarted() {
        return started.getCount() == 0;
    }

    boolean isOver() {
        return over.isDone();
    }

    /** Waits until the work has a slot, and returns the slot. */
    Slot slot() {
        return slot.join();
    }

    Thread thread() {
        return thread.join();
    }

    /** Waits until the work is over, and returns the exception that it threw. */
    Throwable failure() {
        return over.handle((ended, failure) -> failure).join();
    }
}
