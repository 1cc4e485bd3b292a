package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskTimeoutException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that read results. Reading may run user code, so a caller that waits for a result can stop waiting. A read
 * that never ends keeps its thread, and delays no other.
 *
 * <p>Safe to share between threads.
 */
public final class Readers implements AutoCloseable {
    private static final long LEAST_NANOS = Timings.LEAST_READ.toNanos();

    /**
     * The limit above which a wait counts as endless: a century. An endless wait still counts as one after some of it
     * has passed.
     */
    private static final long ENDLESS_NANOS = TimeUnit.DAYS.toNanos(36_500);

    private final ThreadFactory factory;
    private final ElasticExecutor threads;

    /** The reads in progress, by their purpose; no two reads for the same purpose run at a time. */
    private final ConcurrentMap<Object, CompletableFuture<?>> reads = new ConcurrentHashMap<>();

    /** Makes readers whose threads bear the name; threads start when something is read. */
    public Readers(String name) {
        this.factory = new TaskThreads(name);
        this.threads = new ElasticExecutor(factory);
    }

    /**
     * Reads something and waits for it up to a time limit. A slow read goes on after that, and a later caller waits for
     * the same read. The context class loader is that of the calling thread. If the wait has no limit, the calling
     * thread reads.
     *
     * @param nanos how long to wait, from this call; a tenth of a second at least
     * @param what identifies the purpose of the read
     * @param reading reads it
     * @return the value that was read; empty if that takes longer
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    public <T> Optional<T> within(long nanos, Object what, Supplier<T> reading) throws InterruptedException {
        if (nanos > ENDLESS_NANOS) {
            return Optional.of(reading.get());
        }
        try {
            return Optional.of(begin(what, reading).get(Math.max(nanos, LEAST_NANOS), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    /**
     * Returns the result of a state, which this method reads within a time limit.
     *
     * @param key the key of the task
     * @param state the final state of the task
     * @param what identifies the read
     * @param nanos how long to wait, from this call; a tenth of a second at least
     * @throws TaskTimeoutException if reading the result, or the exception of the task, takes longer
     * @throws TaskInterruptedException if this thread is interrupted while it waits
     */
    public <R extends @Nullable Object> R result(String key, State<R> state, Object what, long nanos) {
        try {
            return within(nanos, what, () -> new Read<>(resultOf(key, state)))
                    .orElseThrow(() -> new TaskTimeoutException(
                            "task '" + key + "' has ended, but its result was not read in time"))
                    .result();
        } catch (InterruptedException e) {
            throw new TaskInterruptedException("interrupted while the result of task '" + key + "' was read", e);
        }
    }

    /** A result that was read, which may be null. */
    private record Read<R extends @Nullable Object>(R result) {}

    /**
     * Returns the result of a state, which this thread reads.
     *
     * @throws NotCompletedException if the task did not complete
     */
    public static <R extends @Nullable Object> R resultOf(String key, State<R> state) {
        if (state.isCompleted()) {
            return state.result();
        }
        throw new NotCompletedException("task '" + key + "'", state);
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e.getCause());
    }

    @SuppressWarnings("unchecked") // reads for one object have one type
    private <T> CompletableFuture<T> begin(Object what, Supplier<T> reading) {
        CompletableFuture<T> fresh = new CompletableFuture<>();
        CompletableFuture<T> known = (CompletableFuture<T>) reads.putIfAbsent(what, fresh);
        if (known != null) {
            return known;
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        execute(() -> {
            ThreadContext before = ThreadContext.enter(loader);
            try {
                complete(fresh, reading);
            } finally {
                reads.remove(what, fresh);
                before.leave();
            }
        });
        return fresh;
    }

    @SuppressWarnings("CatchingUnchecked") // the caller gets whatever reading throws
    private static <T> void complete(CompletableFuture<T> read, Supplier<T> reading) {
        try {
            read.complete(reading.get());
        } catch (Throwable e) {
            read.completeExceptionally(e);
        }
    }

    /** Runs a read; after close, on a thread of its own. */
    private void execute(Runnable read) {
        try {
            threads.execute(read);
        } catch (RejectedExecutionException e) {
            factory.newThread(read).start();
        }
    }

    /** Lets each thread end after its current and queued reads. */
    @Override
    public void close() {
        threads.close();
    }
}
