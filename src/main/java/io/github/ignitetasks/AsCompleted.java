package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.base.Deadline;
import io.github.ignitetasks.internal.context.RunningCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they end, in whatever state; each future appears once. {@link #add} adds futures while
 * a loop runs, such as those of tasks that follow from a result:
 *
 * <pre>{@code
 * static int nodesOf(FlowRun run, Task<String, List<String>> children, String root) {
 *     AsCompleted<TaskFuture<List<String>>> ended = TaskFutures.asCompleted(List.of(run.submit(children, root)));
 *     int nodes = 0;
 *     for (TaskFuture<List<String>> node : ended) {
 *         nodes++;
 *         node.result().forEach(child -> ended.add(run.submit(children, child)));
 *     }
 *     return nodes;
 * }
 * }</pre>
 *
 * <p>Iterate it once, from the thread that adds futures. Not thread-safe.
 *
 * @param <F> the type of the futures
 */
public final class AsCompleted<F extends TaskFuture<?>> implements Iterable<F> {
    private final BlockingQueue<F> ended = new LinkedBlockingQueue<>();
    private final Set<F> met = new HashSet<>();
    private final List<Runnable> withdrawals = new ArrayList<>();
    private final Duration timeout;
    private final Deadline deadline;
    private int left;

    AsCompleted(Collection<? extends F> futures, Duration timeout) {
        this.timeout = timeout;
        deadline = Deadline.in(timeout);
        List<F> early = new ArrayList<>();
        List<F> late = new ArrayList<>();
        for (F future : futures) {
            if (met.add(future)) {
                (future.await(Duration.ZERO).isPresent() ? early : late).add(future);
            }
        }
        left = met.size();
        early.sort(Comparator.comparing(future -> future.state().orElseThrow().endTime()));
        ended.addAll(early);
        late.forEach(this::listen);
    }

    /** Adds a future, unless it is or was here. */
    public void add(F future) {
        if (met.add(requireNonNull(future, "future"))) {
            left++;
            if (future.await(Duration.ZERO).isPresent()) { // throws if a task must not wait for it
                ended.add(future);
            } else {
                listen(future);
            }
        }
    }

    private void listen(F future) {
        withdrawals.add(Ends.whenEnded(future, owner -> ended.add(future)));
    }

    /** Stops listening to the futures that have not ended. */
    void withdraw() {
        withdrawals.forEach(Runnable::run);
    }

    /**
     * Returns an iterator over what is left. Its {@code next} blocks until another future has ended. It throws a {@link
     * TaskTimeoutException} if the timeout passes before, and a {@link TaskInterruptedException} if the thread is
     * interrupted.
     */
    @Override
    public Iterator<F> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return isMore();
            }

            @Override
            public F next() {
                return take();
            }
        };
    }

    /** Returns whether futures are left. */
    boolean isMore() {
        return left > 0;
    }

    private F take() {
        if (left == 0) {
            throw new NoSuchElementException("all futures have ended and were returned");
        }
        F next = poll();
        if (next == null) {
            throw new TaskTimeoutException(left + " tasks have not ended after " + timeout);
        }
        return next;
    }

    /** Returns the next future that ends; null if the timeout passes before. */
    @Nullable
    F poll() {
        F next = ended.poll();
        if (next == null) {
            try {
                next = RunningCall.lendSlotWhile(
                        () -> "one of " + left + " tasks",
                        () -> ended.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
            } catch (InterruptedException e) {
                throw new TaskInterruptedException("interrupted while waiting for " + left + " tasks to end", e);
            }
        }
        if (next != null) {
            left--;
        }
        return next;
    }
}
