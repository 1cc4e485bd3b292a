package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskAction;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.codec.NotCapturable;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.context.SessionFuture;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a flow, to which the body of the flow submits its tasks.
 *
 * <p>Each run of a task is named after the task and counted from 0: {@code shout-0}, {@code shout-1}. A retried or
 * resumed flow counts anew, and reuses the task runs that an earlier attempt left Completed or running.
 *
 * <p>A flow run holds the futures of its tasks until it ends, and with them the results that were requested.
 *
 * <p>Only the body of the flow uses a flow run. A task that captures one is refused on every runner. Let the task capture
 * the values or futures that it needs. It submits tasks of its own by {@link
 * io.github.ignitetasks.TaskContext#session()}.
 *
 * <p>Safe to share between threads. If several threads submit runs of one task, the order of their names is not
 * defined.
 */
@NotCapturable(
        remedy = "a FlowRun belongs to the body of its flow; let the task capture the values or futures that it needs,"
                + " and submit tasks of its own by session() of its TaskContext")
public final class FlowRun {
    private final UUID id;
    private final String flowName;
    private final RunCount runCount;
    private final TaskSession session;

    /** The newest future of each task-run name, over all attempts at the flow in this process. */
    private final ConcurrentMap<String, TaskFuture<?>> newest;

    /** The task runs that this attempt submitted, in the order of submission. */
    private final Queue<TaskRun> taskRuns = new ConcurrentLinkedQueue<>();

    /** The number of runs of each task that this attempt submitted, by task name. */
    private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

    private volatile boolean stopped;

    private FlowRun(
            UUID id,
            String flowName,
            RunCount runCount,
            TaskSession session,
            ConcurrentMap<String, TaskFuture<?>> newest) {
        this.id = id;
        this.flowName = flowName;
        this.runCount = runCount;
        this.session = session;
        this.newest = newest;
    }

    /** Returns the first attempt at a new flow run. */
    static FlowRun first(UUID id, String flowName, TaskSession session) {
        RunCount first = RunCount.ofNew(id, flowName, session);
        return new FlowRun(id, flowName, first, session, new ConcurrentHashMap<>());
    }

    /**
     * Returns the next attempt at a flow run that other processes may have begun.
     *
     * @throws io.github.ignitetasks.NotCompletedException if the grid cannot record the attempt
     * @throws TaskInterruptedException if this thread is interrupted
     */
    static FlowRun resumed(UUID id, String flowName, TaskSession session) {
        RunCount next = RunCount.ofKnown(id, flowName, session);
        return new FlowRun(id, flowName, next, session, new ConcurrentHashMap<>());
    }

    /**
     * Returns the next attempt at the same flow run.
     *
     * @throws io.github.ignitetasks.NotCompletedException if the grid cannot record the attempt
     * @throws TaskInterruptedException if this thread is interrupted
     */
    FlowRun next() {
        return new FlowRun(id, flowName, runCount.next(id, flowName, session), session, newest);
    }

    /** Returns the id of the flow run, which is part of the identity of its task runs. */
    public UUID id() {
        return id;
    }

    /** Returns the name of the flow. */
    public String flowName() {
        return flowName;
    }

    /** Returns the number of this attempt at the flow run, from 1, over all processes that have run it. */
    public int runCount() {
        return runCount.count();
    }

    /**
     * Runs a task with an argument. An argument that is null needs a cast to its type, as in {@code run.submit(GREET,
     * (String) null)}: without it the compiler cannot tell this method from the one that takes a future.
     *
     * @throws IllegalArgumentException if the task or the argument cannot be serialized, on a runner that copies calls
     * @throws IllegalStateException if the flow has timed out or ended
     * @throws TaskInterruptedException if this thread is interrupted; nothing is submitted
     */
    public <A extends @Nullable Object, R extends @Nullable Object> TaskFuture<R> submit(Task<A, R> task, A argument) {
        return submit(task.name(), new CallWithArgument<>(task.body(), argument), task.options());
    }

    /**
     * Runs a task with the result of another task, once that task is Completed. If the other task does not complete,
     * this task is NotReady.
     *
     * @throws IllegalArgumentException if the task cannot be serialized, on a runner that copies calls, or if the
     *     future is not of this flow run
     * @throws IllegalStateException if the flow has timed out or ended
     * @throws TaskInterruptedException if this thread is interrupted; nothing is submitted
     */
    public <A extends @Nullable Object, R extends @Nullable Object> TaskFuture<R> submit(
            Task<A, R> task, TaskFuture<? extends A> argument) {
        requireNonNull(argument, "argument");
        return submit(task.name(), new CallWithUpstream<>(task.body(), argument), task.options());
    }

    /**
     * Runs a task that takes no argument.
     *
     * @throws IllegalArgumentException if the task cannot be serialized, on a runner that copies calls
     * @throws IllegalStateException if the flow has timed out or ended
     * @throws TaskInterruptedException if this thread is interrupted; nothing is submitted
     */
    public <R extends @Nullable Object> TaskFuture<R> submit(Task<@Nullable Void, R> task) {
        return submit(task.name(), new CallWithArgument<>(task.body(), NoValue.get()), task.options());
    }

    /**
     * Runs a call as a task without a timeout or retries.
     *
     * @param name the name of the task, after which its run is named
     * @throws IllegalArgumentException if the name is blank or too long, or if the call is refused, see
     *     {@link TaskSession#submit(String, TaskCall)}
     * @throws IllegalStateException if the flow has timed out or ended
     * @throws TaskInterruptedException if this thread is interrupted; nothing is submitted
     */
    public <R extends @Nullable Object> TaskFuture<R> submit(String name, TaskCall<R> call) {
        requireNonNull(call, "call");
        return submit(NamedOptions.of(name).name(), call, CallOptions.none());
    }

    /**
     * Runs an action, which has no result, as a task without a timeout or retries.
     *
     * @param name the name of the task, after which its run is named
     * @throws IllegalArgumentException if the name is blank or too long, or if the action is refused, see
     *     {@link TaskSession#submit(String, TaskCall)}
     * @throws IllegalStateException if the flow has timed out or ended
     * @throws TaskInterruptedException if this thread is interrupted; nothing is submitted
     */
    public TaskFuture<@Nullable Void> submitAction(String name, TaskAction action) {
        return submit(Task.named(name).action(action));
    }

    private <R extends @Nullable Object> TaskFuture<R> submit(String name, TaskCall<R> call, CallOptions options) {
        checkGoesOn();
        String taskRunName = name + "-" + (counts.merge(name, 1, Integer::sum) - 1);
        TaskFuture<R> future = earlier(taskRunName);
        if (future == null) {
            int count = newest.containsKey(taskRunName) ? runCount() : countLeftByOthers(taskRunName);
            future = session.submit(TaskRunKey.of(id, taskRunName, count), call, options);
            newest.put(taskRunName, future);
        }
        taskRuns.add(new TaskRun(taskRunName, future));
        if (stopped) {
            future.cancel();
        }
        return future;
    }

    private void checkGoesOn() {
        if (stopped) {
            throw new IllegalStateException(
                    "flow '" + flowName + "' has timed out and takes no more tasks; let its body end");
        }
        TaskInterruptedException.throwIfInterrupted(
                "interrupted before a task of flow '" + flowName + "' was submitted");
    }

    /**
     * Returns the run count for the key of a task run. This is the newest count under which another process left the
     * task run Completed or running, so that submitting it joins that one. Otherwise it is this attempt's count.
     */
    private int countLeftByOthers(String taskRunName) {
        for (int count : runCount.others()) {
            KeyStatus status = session.status(TaskRunKey.of(id, taskRunName, count));
            if (status == KeyStatus.COMPLETED || status == KeyStatus.RUNNING) {
                return count;
            }
            if (status == KeyStatus.NOT_COMPLETED) {
                break; // older runs did not complete either
            }
        }
        return runCount();
    }

    /** Returns the task run that an earlier attempt of this process left Completed or running, or null. */
    @SuppressWarnings("unchecked") // a task run of the same name is a run of the same task
    private <R extends @Nullable Object> @Nullable TaskFuture<R> earlier(String taskRunName) {
        TaskFuture<?> future = newest.get(taskRunName);
        boolean wanted = future != null
                && !isReleased(future)
                && future.state().map(State::isCompleted).orElse(true);
        return wanted ? (TaskFuture<R>) future : null;
    }

    private static boolean isReleased(TaskFuture<?> future) {
        return future instanceof SessionFuture kept && kept.isReleased();
    }

    /** Cancels the tasks and refuses new ones. */
    void stop() {
        stopped = true;
        taskRuns.forEach(run -> run.future.cancel());
    }

    /**
     * Waits until all tasks have ended, including those submitted meanwhile.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    void awaitTasks() {
        for (TaskRun run : taskRuns) {
            if (isReleased(run.future)) {
                continue; // it has ended, and its state was released
            }
            if (run.future instanceof SessionFuture future) {
                RunningCall.learn(future); // another thread may have submitted it
            }
            State<?> unused = run.future.await();
        }
    }

    /**
     * Waits until all tasks have ended, and checks that all completed.
     *
     * @throws TasksNotCompletedException if one of them is not Completed
     * @throws TaskInterruptedException if this thread is interrupted
     */
    void awaitCompleted() {
        awaitTasks();
        Map<String, State<?>> states = taskStates();
        if (!states.values().stream().allMatch(State::isCompleted)) {
            throw TasksNotCompletedException.of(flowName, states);
        }
    }

    /**
     * Returns the states by task-run name, in the order of submission. Call this once all tasks have ended; a thread
     * that outlives the body may still submit tasks meanwhile. Released task runs are left out.
     */
    Map<String, State<?>> taskStates() {
        Map<String, State<?>> states = new LinkedHashMap<>();
        for (TaskRun run : taskRuns) {
            if (!isReleased(run.future)) {
                run.future.state().ifPresent(state -> states.put(run.name, state));
            }
        }
        return states;
    }

    /** Returns the name of the flow and the id of the flow run. */
    @Override
    public String toString() {
        return flowName + " " + id;
    }

    private record TaskRun(String name, TaskFuture<?> future) {}
}
