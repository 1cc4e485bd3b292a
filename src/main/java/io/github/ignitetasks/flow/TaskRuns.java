package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.context.FutureOwner;
import io.github.ignitetasks.internal.context.FutureView;
import io.github.ignitetasks.internal.context.RunningCall;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The task runs of one attempt at a flow: their names, their keys and their futures. It finds what earlier attempts
 * left. Safe to share between threads.
 */
final class TaskRuns {
    private final UUID flowRun;
    private final String flowRunText;
    private final String flowName;
    private final RunCount runCount;
    private final TaskSession session;

    /** The newest future of each task-run name, over all attempts at the flow in this process. */
    private final ConcurrentMap<String, TaskFuture<?>> newest;

    private final KeptRuns kept = new KeptRuns();

    /** The task runs that are forgotten once their results were taken. */
    private final PassingRuns passing = new PassingRuns();

    /** The flows that were called, and have not ended or were stopped. */
    private final Set<FlowExecution<?>> children = ConcurrentHashMap.newKeySet();

    /** The number of calls of each flow that this attempt made, by name. */
    private final ConcurrentMap<String, Integer> calls = new ConcurrentHashMap<>();

    /** The number of runs of each task that this attempt submitted, by the name that they share. */
    private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

    private volatile boolean stopped;

    private TaskRuns(
            UUID flowRun,
            String flowName,
            RunCount runCount,
            TaskSession session,
            ConcurrentMap<String, TaskFuture<?>> newest) {
        this.flowRun = flowRun;
        this.flowRunText = flowRun.toString();
        this.flowName = flowName;
        this.runCount = runCount;
        this.session = session;
        this.newest = newest;
    }

    /** Makes the task runs of the first attempt of this process. */
    TaskRuns(UUID flowRun, String flowName, RunCount runCount, TaskSession session) {
        this(flowRun, flowName, runCount, session, new ConcurrentHashMap<>());
    }

    /** Returns the task runs of the next attempt. */
    TaskRuns next(RunCount next) {
        return new TaskRuns(flowRun, flowName, next, session, newest);
    }

    /** Submits a task run. The attempt keeps its future. */
    <R extends @Nullable Object> TaskFuture<R> submit(Submission<R> given) {
        checkGoesOn();
        Submission<R> submission = given.by(flowRunText);
        String taskRunName = next(submission.name());
        TaskFuture<R> future = submission.key() == null
                ? submitCounted(taskRunName, submission)
                : submitKeyed(submission.key(), submission);
        kept.add(taskRunName, submission.taskName(), future);
        cancelIfStopped(future);
        return future;
    }

    /** Stores a value under a name. The attempt keeps its future. */
    <R extends @Nullable Object> TaskFuture<R> share(String name, R value) {
        checkGoesOn();
        String taskRunName = next(name);
        TaskFuture<R> future = beginCounted(taskRunName, key -> session.share(key, value));
        kept.addValue(taskRunName, future);
        cancelIfStopped(future);
        return future;
    }

    /** Begins a task run that ends as a stage does. The attempt keeps its future. */
    <R extends @Nullable Object> TaskFuture<R> adopt(String name, CompletionStage<? extends R> stage) {
        checkGoesOn();
        String taskRunName = next(name);
        TaskFuture<R> future = beginCounted(taskRunName, key -> session.adopt(key, stage));
        kept.add(taskRunName, name, future);
        cancelIfStopped(future);
        return future;
    }

    private <R extends @Nullable Object> TaskFuture<R> submitCounted(String taskRunName, Submission<R> submission) {
        return beginCounted(taskRunName, key -> session.submit(key, submission.call(), submission.options()));
    }

    private <R extends @Nullable Object> TaskFuture<R> beginCounted(
            String taskRunName, Function<String, TaskFuture<R>> start) {
        TaskFuture<R> earlier = earlier(taskRunName);
        if (earlier != null) {
            return earlier;
        }
        int count = newest.containsKey(taskRunName) ? runCount.count() : countLeftByOthers(taskRunName);
        TaskFuture<R> future = start.apply(TaskRunKey.of(flowRun, taskRunName, count));
        newest.put(taskRunName, future);
        return future;
    }

    private <R extends @Nullable Object> TaskFuture<R> submitKeyed(String key, Submission<R> submission) {
        if (submission.isRefreshed()) {
            session.release(key);
        }
        Optional<?> ended = session instanceof FutureOwner owner ? owner.ended(key) : Optional.empty();
        TaskFuture<R> future = session.submit(key, submission.call(), submission.options());
        return ended.filter(known -> known == future).isPresent() ? FoundFuture.of(future) : future;
    }

    /** Submits a task run. The attempt forgets it when its result is taken. */
    <R extends @Nullable Object> TaskFuture<R> submitPassing(Submission<R> given) {
        checkGoesOn();
        Submission<R> submission = given.by(flowRunText);
        String taskRunName = passing.next(submission.name());
        TaskFuture<R> future = submission.key() == null
                ? session.submit(
                        TaskRunKey.of(flowRun, taskRunName, countLeftByOthers(taskRunName)),
                        submission.call(),
                        submission.options())
                : submitKeyed(submission.key(), submission);
        passing.add(future, submission.taskName());
        cancelIfStopped(future);
        return future;
    }

    /** Waits for the result of a passing task run, and forgets the run. */
    <R extends @Nullable Object> R take(TaskFuture<R> future) {
        return passing.take(future);
    }

    /** Returns the id of the next run of a flow that this one calls. */
    UUID nextChild(String name) {
        checkGoesOn();
        return TaskRunKey.childId(flowRun, name, requireNonNull(calls.merge(name, 1, Integer::sum), name) - 1);
    }

    /** Runs a called flow, which stops if this attempt does. */
    <T> T whileRunning(FlowExecution<?> child, Supplier<T> work) {
        children.add(child);
        try {
            if (stopped) {
                child.stop();
            }
            return work.get();
        } finally {
            if (!child.isStopped()) {
                children.remove(child); // otherwise its tasks are awaited at the end
            }
        }
    }

    /** Cancels a passing task run whose result nobody takes, and forgets it once it has ended. */
    void drop(TaskFuture<?> future) {
        passing.drop(future);
    }

    private String next(String name) {
        return name + "-" + (requireNonNull(counts.merge(name, 1, Integer::sum), name) - 1);
    }

    private void cancelIfStopped(TaskFuture<?> future) {
        if (stopped) {
            future.cancel();
        }
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
            KeyStatus status = session.status(TaskRunKey.of(flowRun, taskRunName, count));
            if (status == KeyStatus.COMPLETED || status == KeyStatus.RUNNING) {
                return count;
            }
            if (status == KeyStatus.NOT_COMPLETED) {
                break; // older runs did not complete either
            }
        }
        return runCount.count();
    }

    /**
     * Returns the task run that an earlier attempt of this process left Completed or running, or null. Its states say
     * that they were found if it has ended.
     */
    @SuppressWarnings("unchecked") // a task run of the same name is a run of the same task
    private <R extends @Nullable Object> @Nullable TaskFuture<R> earlier(String taskRunName) {
        TaskFuture<R> future = (TaskFuture<R>) newest.get(taskRunName);
        if (future == null || KeptRuns.isReleased(future)) {
            return null;
        }
        Optional<State<R>> state = future.state();
        if (state.isEmpty()) {
            return future;
        }
        return state.get().isCompleted() ? FoundFuture.of(future) : null;
    }

    /** Cancels the tasks and refuses new ones. */
    void stop() {
        stopped = true;
        kept.futures().forEach(TaskFuture::cancel);
        passing.futures().forEach(TaskFuture::cancel);
        children.forEach(FlowExecution::stop);
    }

    /**
     * Waits until all tasks have ended, including those submitted meanwhile.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    void awaitAll() {
        kept.futures().forEach(TaskRuns::awaitEnd);
        passing.futures().forEach(TaskRuns::awaitEnd);
        children.forEach(FlowExecution::awaitTasks);
    }

    private static void awaitEnd(TaskFuture<?> future) {
        if (KeptRuns.isReleased(future)) {
            return; // it has ended, and its state was released
        }
        FutureView.shownBy(future).ifPresent(RunningCall::learn); // another thread may have submitted it
        State<?> unused = future.await();
    }

    /**
     * Waits until all tasks have ended, and checks that all completed.
     *
     * @throws TasksNotCompletedException if one of them is not Completed
     * @throws TaskInterruptedException if this thread is interrupted
     */
    void awaitCompleted() {
        awaitAll();
        Map<String, State<?>> states = states();
        if (!states.values().stream().allMatch(State::isCompleted)) {
            throw TasksNotCompletedException.of(flowName, states, kept.tasks());
        }
    }

    /**
     * Returns the states by task-run name, in the order of submission. Call this once all tasks have ended; a thread
     * that outlives the body may still submit tasks meanwhile. Released task runs are left out.
     */
    Map<String, State<?>> states() {
        return kept.states();
    }

    /** Returns the numbers of tasks by name and state. Call this once all tasks have ended. */
    EndsByName ends() {
        EndsByName ends = new EndsByName();
        kept.addTo(ends);
        passing.addTo(ends);
        return ends;
    }
}
