package io.github.ignitetasks.internal.codec;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs what takes a call of methods for each level of nested objects on a thread whose stack is large enough for all that
 * are allowed. Such a stack may take some memory, so two run at a time, unless one of them does not end: code of users may sleep
 * in it, and must not hold up others.
 */
public final class DeepStack {
    /** The most bytes of the stack that a level takes. */
    private static final long BYTES_OF_A_LEVEL = 3_000;

    /** The stack that calls outside the levels need, such as calls of the JDK that link a lambda. */
    private static final long BYTES_OF_THE_REST = 256L << 10;

    private static final long MAX_BYTES = 2L << 30;

    private static final Semaphore ROOM = new Semaphore(2);

    /** How long work waits for another to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private DeepStack() {}

    /** Says that a thread's stack is too small for what it is to read. */
    static final class NeededException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        NeededException() {
            super("objects are nested too deep for the stack of thread "
                    + Thread.currentThread().getName());
        }
    }

    /** Returns whether the current thread has such a stack. */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof Deep;
    }

    /**
     * Reads on this thread, and again on one with a large stack if it turns out that this one's is too small. An interrupt
     * of this thread interrupts that one.
     *
     * @throws Exception if reading does
     */
    public static <T> T readWhereItFits(Callable<T> reading) throws Exception {
        try {
            return reading.call();
        } catch (NeededException e) {
            return call(reading);
        }
    }

    /**
     * Does work on a thread with a large stack, and waits for it.
     *
     * @throws InterruptedIOException if this thread is interrupted before the work begins
     * @throws Exception if the work does
     */
    static <T> T call(Callable<T> work) throws Exception {
        if (isCurrent()) {
            return work.call();
        }
        boolean hasRoom;
        try {
            hasRoom = ROOM.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it waited for a thread with a large stack");
        }
        try {
            FutureTask<T> task = new FutureTask<>(work);
            Thread thread = new Deep(task);
            thread.start();
            return get(task, thread);
        } finally {
            if (hasRoom) {
                ROOM.release();
            }
        }
    }

    private static <T> T get(FutureTask<T> task, Thread thread) throws Exception {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    T result = task.get();
                    thread.join();
                    return result;
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Deep extends Thread {
        Deep(Runnable work) {
            super(null, work, "ignite-tasks-deep", bytes());
            setDaemon(true);
            setContextClassLoader(Thread.currentThread().getContextClassLoader());
        }

        private static long bytes() {
            return Math.min(MAX_BYTES, BYTES_OF_THE_REST + PayloadLimits.depthOrDefault() * BYTES_OF_A_LEVEL);
        }
    }
}
