package io.github.ignitetasks.flow;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.internal.context.FutureView;
import io.github.ignitetasks.internal.context.SessionFuture;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The task runs that an attempt submitted and keeps, in the order of submission. Safe to share between threads. */
final class KeptRuns {
    private final Queue<TaskRun> runs = new ConcurrentLinkedQueue<>();

    /**
     * A task run.
     *
     * @param name its name
     * @param taskName the name of its task; null if it is a shared value, which is no task
     * @param future its future
     */
    private record TaskRun(String name, @Nullable String taskName, TaskFuture<?> future) {}

    /** Adds a run of the task of this name. */
    void add(String name, String taskName, TaskFuture<?> future) {
        runs.add(new TaskRun(name, taskName, future));
    }

    /** Adds a run that is a shared value, which is no task. */
    void addValue(String name, TaskFuture<?> future) {
        runs.add(new TaskRun(name, null, future));
    }

    /** Returns the futures of all runs. */
    Stream<TaskFuture<?>> futures() {
        return runs.stream().map(TaskRun::future);
    }

    /** Returns how many runs are tasks. */
    long tasks() {
        return runs.stream().filter(run -> run.taskName != null).count();
    }

    /** Returns the states by task-run name, of those that have ended and were not released. */
    Map<String, State<?>> states() {
        Map<String, State<?>> states = new LinkedHashMap<>();
        for (TaskRun run : runs) {
            if (!isReleased(run.future)) {
                run.future.state().ifPresent(state -> states.put(run.name, state));
            }
        }
        return states;
    }

    /** Counts the tasks that have ended. */
    void addTo(EndsByName ends) {
        for (TaskRun run : runs) {
            String taskName = run.taskName;
            if (taskName == null) {
                continue;
            }
            if (isReleased(run.future)) {
                ends.addReleased(taskName);
            } else {
                run.future.state().ifPresent(state -> ends.add(taskName, state));
            }
        }
    }

    /** Returns whether the state of a task run was released. */
    static boolean isReleased(TaskFuture<?> future) {
        return FutureView.shownBy(future).filter(SessionFuture::isReleased).isPresent();
    }
}
