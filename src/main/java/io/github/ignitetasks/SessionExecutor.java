package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.base.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A session as an executor service. It runs each task under a new key. Shutting it down does not close the session.
 * Safe to share between threads.
 */
final class SessionExecutor implements ExecutorService {
    private final TaskSession session;
    private final Set<TaskFuture<?>> pending = new HashSet<>(); // guarded by this
    private int starting; // guarded by this
    private boolean shutdown; // guarded by this

    SessionExecutor(TaskSession session) {
        this.session = session;
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        return new ExecutorFuture<>(start(new CallableCall<>(requireNonNull(task, "task"))));
    }

    @Override
    public <T> Future<T> submit(Runnable task, T result) {
        return new ExecutorFuture<>(start(new RunnableCall<>(requireNonNull(task, "task"), result)));
    }

    @Override
    @SuppressWarnings("NullAway") // NullAway does not see that a type parameter stands for a nullable type
    public Future<?> submit(Runnable task) {
        return new ExecutorFuture<>(start(new RunnableCall<>(requireNonNull(task, "task"), null)));
    }

    @Override
    public void execute(Runnable command) {
        Future<?> unused = submit(requireNonNull(command, "command"));
    }

    private <T extends @Nullable Object> TaskFuture<T> start(TaskCall<T> call) {
        synchronized (this) {
            if (shutdown) {
                throw new RejectedExecutionException("the executor was shut down");
            }
            starting++;
        }
        TaskFuture<T> future;
        try {
            future = session.submit(call);
            synchronized (this) {
                pending.add(future);
            }
        } catch (IllegalArgumentException e) {
            throw new RejectedExecutionException(
                    e.getMessage()
                            + "; a task travels to other processes, so let its class implement Serializable, or cast"
                            + " a lambda to (Callable<T> & Serializable)",
                    e);
        } catch (IllegalStateException e) {
            throw new RejectedExecutionException(e.getMessage(), e);
        } finally {
            synchronized (this) {
                starting--;
                notifyAll();
            }
        }
        Runnable unused = Ends.whenEnded(future, owner -> onEnded(future));
        return future;
    }

    private synchronized void onEnded(TaskFuture<?> future) {
        pending.remove(future);
        notifyAll();
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return invokeAll(tasks, CallOptions.FOREVER);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        return invokeAll(tasks, Duration.ofNanos(unit.toNanos(timeout)));
    }

    private <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, Duration timeout)
            throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        List<TaskFuture<T>> futures = startAll(tasks);
        List<Future<T>> all = new ArrayList<>(futures.size());
        futures.forEach(future -> all.add(new ExecutorFuture<>(future)));
        try {
            TaskFutures.DoneAndNotDone<TaskFuture<T>> unused = TaskFutures.waitAll(futures, deadline.left());
        } catch (TaskInterruptedException e) {
            futures.forEach(TaskFuture::cancel);
            throw interrupted(e);
        }
        all.stream().filter(future -> !future.isDone()).forEach(late -> late.cancel(true));
        return all;
    }

    private <T> List<TaskFuture<T>> startAll(Collection<? extends Callable<T>> tasks) {
        List<TaskFuture<T>> futures = new ArrayList<>(tasks.size());
        try {
            for (Callable<T> task : tasks) {
                futures.add(start(new CallableCall<>(requireNonNull(task, "task"))));
            }
        } catch (RuntimeException e) {
            futures.forEach(TaskFuture::cancel);
            throw e;
        }
        return futures;
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, CallOptions.FOREVER);
        } catch (TimeoutException e) {
            throw new AssertionError("there is no time limit", e);
        }
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return invokeAny(tasks, Duration.ofNanos(unit.toNanos(timeout)));
    }

    private <T> T invokeAny(Collection<? extends Callable<T>> tasks, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("tasks must have one task at least, but is empty");
        }
        List<TaskFuture<T>> futures = startAll(tasks);
        ExecutionException failure = null;
        try {
            for (TaskFuture<T> ended : TaskFutures.asCompleted(futures, timeout)) {
                try {
                    return new ExecutorFuture<>(ended).get();
                } catch (ExecutionException e) {
                    failure = e;
                } catch (CancellationException e) { // somebody else cancelled it
                    failure = new ExecutionException(e);
                }
            }
            throw requireNonNull(failure, "each task has failed");
        } catch (TaskTimeoutException e) {
            TimeoutException timedOut = new TimeoutException(e.getMessage());
            timedOut.initCause(e);
            throw timedOut;
        } catch (TaskInterruptedException e) {
            throw interrupted(e);
        } finally {
            futures.forEach(TaskFuture::cancel);
        }
    }

    /** Returns the exception of the JDK for an interrupt; it stands for the flag, which it clears. */
    static InterruptedException interrupted(TaskInterruptedException problem) {
        boolean unused = Thread.interrupted();
        InterruptedException interrupted = new InterruptedException(problem.getMessage());
        interrupted.initCause(problem);
        return interrupted;
    }

    @Override
    public synchronized void shutdown() {
        shutdown = true;
        notifyAll();
    }

    /** Cancels all tasks. The list is empty, because nobody knows here which of them had started. */
    @Override
    public List<Runnable> shutdownNow() {
        List<TaskFuture<?>> left;
        synchronized (this) {
            shutdown();
            left = List.copyOf(pending);
        }
        left.forEach(TaskFuture::cancel);
        return List.of();
    }

    @Override
    public synchronized boolean isShutdown() {
        return shutdown;
    }

    @Override
    public synchronized boolean isTerminated() {
        return shutdown && starting == 0 && pending.isEmpty();
    }

    @Override
    public synchronized boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        Deadline deadline = Deadline.in(Duration.ofNanos(unit.toNanos(timeout)));
        while (!isTerminated() && !deadline.hasPassed()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline.left().toNanos()));
        }
        return isTerminated();
    }

    /** A call of a callable. It is a named class so that errors can name its fields. */
    private record CallableCall<T>(Callable<T> task) implements TaskCall<T> {
        @Override
        public T call() throws Exception {
            return task.call();
        }
    }

    /** A call of a runnable. */
    private record RunnableCall<T extends @Nullable Object>(Runnable task, T result) implements TaskCall<T> {
        @Override
        public T call() {
            task.run();
            return result;
        }
    }
}
