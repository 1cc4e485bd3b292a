package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskRunner;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A flow that takes no argument, and otherwise works like a {@link Flow}. {@link Flow.Builder} builds it.
 *
 * <p>Immutable; safe to share if everything that its body captured is.
 *
 * @param <R> the type of the result; {@code Void} for a flow that has none
 */
public final class FlowWithoutArgument<R extends @Nullable Object> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final NamedOptions settings;
    private final TaskRunner taskRunner;
    private final FlowListeners listeners;
    private final @Nullable UUID runId;
    private final Body<R> body;

    FlowWithoutArgument(
            NamedOptions settings, TaskRunner taskRunner, FlowListeners listeners, @Nullable UUID runId, Body<R> body) {
        this.settings = settings;
        this.taskRunner = requireNonNull(taskRunner, "taskRunner");
        this.listeners = listeners;
        this.runId = runId;
        this.body = requireNonNull(body, "body");
    }

    /** Returns the name. */
    public String name() {
        return settings.name();
    }

    /** Returns the runner of the tasks. */
    public TaskRunner taskRunner() {
        return taskRunner;
    }

    /** Returns this flow with another runner for its tasks. */
    public FlowWithoutArgument<R> withTaskRunner(TaskRunner taskRunner) {
        return new FlowWithoutArgument<>(settings, taskRunner, listeners, runId, body);
    }

    /**
     * Returns this flow with one more listener to what happens to its tasks, beside those of its runner. If another flow
     * calls this one, the tasks are those of that flow's session, and its listeners alone hear of them. Listeners stay in
     * this JVM: a flow that was deserialized has none.
     */
    public FlowWithoutArgument<R> withListener(TaskListener listener) {
        return new FlowWithoutArgument<>(settings, taskRunner, listeners.with(listener), runId, body);
    }

    /**
     * Returns this flow for the flow run of one id. Running it resumes that flow run, if a process that was killed or
     * has ended began it before.
     *
     * <p>Completed task runs are reused, running ones are joined, and all others run anew. The flow must be the same as
     * before, because the order of submission identifies the task runs.
     *
     * <p>The id of a flow run is logged when it starts, and is in its report. Resuming needs a grid that still has the
     * records, so resume a flow run within {@code resultTtl} of its start. On the runners of this JVM, records end with
     * the run.
     *
     * <p>Run a flow run in one process at a time. Two processes do not see each other's unstarted tasks, so a task may
     * run once for each of them.
     */
    public FlowWithoutArgument<R> withRunId(UUID id) {
        return new FlowWithoutArgument<>(settings, taskRunner, listeners, requireNonNull(id, "id"), body);
    }

    /**
     * Returns this flow for the flow run of one name, such as a date: {@code NIGHTLY.withRunId("2026-11-28")}. The name
     * stands for an id that is the same in every process, see {@link #withRunId(UUID)}. Runs of other flows do not
     * share it.
     *
     * @throws IllegalArgumentException if the name is blank or longer than 900 characters. Also if it has a control
     *     character, a line separator or half of a surrogate pair
     */
    public FlowWithoutArgument<R> withRunId(String name) {
        return withRunId(TaskRunKey.flowRunId(name(), NamedOptions.of(name).name()));
    }

    /**
     * Runs the flow and returns the result of its body.
     *
     * @throws NotCompletedException if the flow ended without a result, in which case its cause is the body's
     *     exception; or if the grid cannot record an attempt at the flow run
     * @throws IllegalStateException if the runner cannot start
     */
    public R run() {
        return runReport().result();
    }

    /**
     * Runs the flow and returns its final state, which describes any failure of the flow.
     *
     * @throws NotCompletedException if the grid cannot record an attempt at the flow run
     * @throws IllegalStateException if the runner cannot start
     */
    public State<R> runState() {
        return runReport().state();
    }

    /**
     * Runs the flow and returns the final states of the flow and of each of its tasks, which describe any failures.
     *
     * @throws NotCompletedException if the grid cannot record an attempt at the flow run
     * @throws IllegalStateException if the runner cannot start
     */
    public FlowReport<R> runReport() {
        return execution(runId).run();
    }

    /** Returns an execution of the flow; it has a new id if none is given. */
    FlowExecution<R> execution(@Nullable UUID id) {
        return new FlowExecution<>(settings, listeners.on(taskRunner), id, body);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name();
    }

    /**
     * Code that submits tasks and returns a value.
     *
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface Body<R extends @Nullable Object> extends Serializable {
        /**
         * Submits tasks to the run and computes the result.
         *
         * @throws Exception if the body fails, which makes the flow Failed
         */
        R run(FlowRun run) throws Exception;
    }

    /** Code that submits tasks and returns nothing. */
    @FunctionalInterface
    public interface Action extends Serializable {
        /**
         * Submits tasks to the run.
         *
         * @throws Exception if the code fails, which makes the flow Failed
         */
        void run(FlowRun run) throws Exception;
    }
}
