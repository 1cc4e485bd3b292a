package io.github.ignitetasks.internal.execution;

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

/**
 * Reads results, whose classes bring code of users, on threads of its own, so that who waits for one can stop waiting.
 * One that is never read keeps its thread, and delays no other.
 *
 * <p>Safe to share between threads.
 */
public final class Readers implements AutoCloseable {
    /** How long reading may always take: so who looks without waiting has what is read fast. */
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** More than anybody waits: a century, so that a wait without limit is still one when it has gone on for a while. */
    private static final long ENDLESS_NANOS = TimeUnit.DAYS.toNanos(36_500);

    private final ThreadFactory factory;
    private final ElasticExecutor threads;

    /** What is being read, by what it is read for: nothing is read twice at a time. */
    private final ConcurrentMap<Object, CompletableFuture<?>> reads = new ConcurrentHashMap<>();

    /** Makes readers whose threads bear the name; they are made when something is read. */
    public Readers(String name) {
        this.factory = new TaskThreads(name);
        this.threads = new ElasticExecutor(factory);
    }

    /**
     * Reads something and waits for it, at most so long; it goes on being read after that, and who asks again waits for
     * the same. It is read with the context class loader of this thread; and on this thread, if the wait has no limit.
     *
     * @param nanos how long to wait, from this call; a tenth of a second at least
     * @param what it is read for
     * @param reading reads it
     * @return what was read; empty if that takes longer
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

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e.getCause());
    }

    @SuppressWarnings("unchecked") // what is read for one object is of one type
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

    @SuppressWarnings("CatchingUnchecked") // who waits gets whatever reading throws
    private static <T> void complete(CompletableFuture<T> read, Supplier<T> reading) {
        try {
            read.complete(reading.get());
        } catch (Throwable e) {
            read.completeExceptionally(e);
        }
    }

    /** What is read after the close has a thread of its own. */
    private void execute(Runnable read) {
        try {
            threads.execute(read);
        } catch (RejectedExecutionException e) {
            factory.newThread(read).start();
        }
    }

    /** Lets the threads end, each once what it reads is read. */
    @Override
    public void close() {
        threads.close();
    }
}
