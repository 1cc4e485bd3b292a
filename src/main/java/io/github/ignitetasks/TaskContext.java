package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.context.RunningCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/**
 * The task that runs on this thread, for the task's own code.
 *
 * <p>Every wait of this library lends the task's slot to other tasks until the wait ends. So tasks that wait for tasks
 * never exhaust the slots. Code that blocks elsewhere can lend its slot with {@link #lendSlotWhile}.
 *
 * <p>A task may wait for the futures that it captured and for those that it submitted itself. A wait for another future
 * fails with an {@link IllegalStateException} if that future may not exist in the process that runs the task.
 *
 * <p>Use it on the task's own thread, while the task runs. Any thread may call {@link #isCancelled()} and {@code progress}.
 */
public final class TaskContext {
    private final RunningCall call;

    private TaskContext(RunningCall call) {
        this.call = call;
    }

    /** Returns the context of the task that runs on this thread; empty on a thread that runs no task. */
    public static Optional<TaskContext> current() {
        return RunningCall.current().map(TaskContext::new);
    }

    /** Returns the key of the task. */
    public String key() {
        return call.key();
    }

    /**
     * Returns the name of the task, which its other runs share; see {@link CallOptions#withName}. A flow gives its tasks
     * their names. Empty for a task without a name.
     */
    public Optional<String> name() {
        return call.name();
    }

    /**
     * Returns the id of the flow run whose body submitted the task: the {@code id()} of its {@code FlowRun}. Empty for
     * other tasks, also for those that a task of a flow submits.
     */
    public Optional<String> flowRunId() {
        return call.flowRun();
    }

    /** Returns the number of this attempt, from 1. */
    public int attempt() {
        return call.attempt();
    }

    /** Returns the name of the node that runs the task; {@code local} for a runner of this JVM. */
    public String node() {
        return call.node();
    }

    /** Returns whether the task was cancelled or timed out. Nobody wants its result any more, and it should return. */
    public boolean isCancelled() {
        return call.isCancelled();
    }

    /**
     * Tells how far the task is. {@link TaskFuture#progress()} gives it to those who wait for the task. It is also a sign
     * of life: the log does not report a task as one without progress while it tells this, even the same numbers again.
     *
     * <p>A task may tell as often as it likes. At most one report a second travels, and the latest one always does,
     * unless the task ends first. The text of an earlier {@link #progress(String)} stays. After a retry the task begins without numbers and text.
     *
     * @param done how much is done, from 0
     * @param total the amount of all work, {@code done} or more
     * @throws IllegalArgumentException if {@code done} is negative or above {@code total}
     */
    public void progress(long done, long total) {
        TaskProgress.check(done, total);
        call.progress().tell(done, total);
    }

    /**
     * Tells what the task does now, as {@link #progress(long, long)} tells how far it is; earlier numbers stay. Only the
     * first {@value TaskProgress#MAX_TEXT} characters count, and control characters are escaped. An empty text removes an
     * earlier one.
     */
    public void progress(String text) {
        call.progress().tell(TaskProgress.cut(requireNonNull(text, "text")));
    }

    /**
     * Returns the Ignite node that runs the task. Do not close it.
     *
     * @throws IllegalStateException if the runner is one of this JVM, which has no Ignite node
     */
    public Ignite ignite() {
        return call.resource(Ignite.class)
                .orElseThrow(() -> new IllegalStateException("task '" + key()
                        + "' has no Ignite node, as its runner runs tasks on threads of this JVM; use an"
                        + " IgniteTaskRunner"));
    }

    /**
     * Returns a session for tasks that this task submits. With a runner of this JVM it is the task's own session. On a
     * grid it is another session of the node that runs the task: it opens with the first call of this method, and when
     * the task's code ends, it waits for its tasks and closes.
     *
     * @throws IllegalStateException if the grid cannot be used
     */
    public TaskSession session() {
        return call.resource(TaskSession.class)
                .orElseThrow(() -> new IllegalStateException("task '" + key() + "' has no session"));
    }

    /** Submits a task of this task to its {@link #session()}, as {@link TaskSession#submit(TaskCall)} does. */
    public <R extends @Nullable Object> TaskFuture<R> submit(TaskCall<R> call) {
        return session().submit(call);
    }

    /** Submits a task of this task to its {@link #session()}, as {@link TaskSession#submit(String, TaskCall)} does. */
    public <R extends @Nullable Object> TaskFuture<R> submit(String key, TaskCall<R> call) {
        return session().submit(key, call);
    }

    /**
     * Runs a function with each of the arguments, each as a task of this task, by {@link #submit(TaskCall)}. Returns the
     * futures in the order of the arguments.
     */
    public <A extends @Nullable Object, R extends @Nullable Object> MappedFutures<A, R> map(
            TaskFunction<A, R> function, Collection<? extends A> arguments) {
        requireNonNull(function, "function");
        List<A> all = new ArrayList<>(requireNonNull(arguments, "arguments"));
        List<TaskFuture<R>> futures = new ArrayList<>(all.size());
        for (A argument : all) {
            futures.add(submit(new FunctionCall<>(function, argument)));
        }
        return MappedFutures.of(all, futures);
    }

    /**
     * Waits, and lends the slot of the task that runs on this thread, if there is one. Another task may run meanwhile.
     * This method returns once the task holds a slot again.
     *
     * @throws InterruptedException if the wait is interrupted
     */
    public static <T extends @Nullable Object> T lendSlotWhile(Wait<T> wait) throws InterruptedException {
        return RunningCall.lendSlotWhile(() -> "", wait::await);
    }

    /**
     * A blocking operation of the calling thread.
     *
     * @param <T> the type of the value that the operation returns
     */
    @FunctionalInterface
    public interface Wait<T extends @Nullable Object> {
        /**
         * Blocks until the operation has ended.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        T await() throws InterruptedException;
    }
}
