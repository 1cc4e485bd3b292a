package io.github.ignitetasks;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A task's future as the JDK's. Safe to share between threads. */
final class ExecutorFuture<T extends @Nullable Object> implements Future<T> {
    private final TaskFuture<T> future;
    private volatile boolean cancelled;

    ExecutorFuture(TaskFuture<T> future) {
        this.future = future;
    }

    /** Requests the cancellation; from then on the future is done. A task that runs is interrupted in any case. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean requested = future.cancel();
        cancelled |= requested;
        return requested;
    }

    @Override
    public boolean isCancelled() {
        return cancelled || isCancelledState();
    }

    private boolean isCancelledState() {
        return future.state()
                .filter(state -> state.type() == StateType.CANCELLED)
                .isPresent();
    }

    @Override
    public boolean isDone() {
        return cancelled || future.isDone();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        try {
            return get(CallOptions.FOREVER);
        } catch (TimeoutException e) {
            throw new AssertionError("there is no time limit", e);
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return get(Duration.ofNanos(unit.toNanos(timeout)));
    }

    private T get(Duration timeout) throws InterruptedException, ExecutionException, TimeoutException {
        if (cancelled) {
            throw new CancellationException("task '" + future.key() + "' was cancelled");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before task '" + future.key() + "' was waited for");
        }
        try {
            return future.result(timeout);
        } catch (NotCompletedException e) {
            if (e.state().type() == StateType.CANCELLED) {
                CancellationException cancellation = new CancellationException(e.getMessage());
                cancellation.initCause(e);
                throw cancellation;
            }
            Throwable thrown = e.getCause() == null ? e : e.getCause();
            throw new ExecutionException(thrown.getMessage(), thrown);
        } catch (ResultUnavailableException e) {
            throw new ExecutionException(e.getMessage(), e);
        } catch (TaskTimeoutException e) {
            TimeoutException timedOut = new TimeoutException(e.getMessage());
            timedOut.initCause(e);
            throw timedOut;
        } catch (TaskInterruptedException e) {
            throw SessionExecutor.interrupted(e);
        }
    }

    @Override
    public String toString() {
        return future.toString();
    }
}
