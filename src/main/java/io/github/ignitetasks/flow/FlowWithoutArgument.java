package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskRunner;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A flow that takes no argument: in all else a {@link Flow}, of whose builder it is made.
 *
 * <p>Immutable and safe to share, as far as what its body captured is.
 *
 * @param <R> the type of the result; {@code Void} for a flow that has none
 */
public final class FlowWithoutArgument<R extends @Nullable Object> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final NamedOptions settings;
    private final TaskRunner taskRunner;
    private final @Nullable UUID runId;
    private final Body<R> body;

    FlowWithoutArgument(NamedOptions settings, TaskRunner taskRunner, @Nullable UUID runId, Body<R> body) {
        this.settings = settings;
        this.taskRunner = requireNonNull(taskRunner, "taskRunner");
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
        return new FlowWithoutArgument<>(settings, taskRunner, runId, body);
    }

    /**
     * Returns this flow for one flow run alone: the one of that id, which it resumes if it was begun before, by a
     * process that was killed or by one that has ended. Task runs that were left Completed are taken as they are, those
     * that still run are joined, the others run anew.
     *
     * <p>The id of a run is logged when it starts, and is in its report. The flow is to be the same again, as task runs are told by the order in which the body submits them. What was left is known to a grid that
     * still has the records, so it is to be resumed within {@code resultTtl} of its start; on the runners of this JVM it ends with the run. One process is to
     * run a flow run at a time: of two neither sees what the other has not begun, so a task may run for each.
     */
    public FlowWithoutArgument<R> withRunId(UUID id) {
        return new FlowWithoutArgument<>(settings, taskRunner, requireNonNull(id, "id"), body);
    }

    /**
     * Runs the flow and returns what its body returns.
     *
     * @throws NotCompletedException if the flow ended without a result; its cause is what the body threw
     * @throws IllegalStateException if the runner cannot start
     */
    public R run() {
        return runReport().result();
    }

    /**
     * Runs the flow and returns how it ended; what goes wrong in it is in the state.
     *
     * @throws IllegalStateException if the runner cannot start
     */
    public State<R> runState() {
        return runReport().state();
    }

    /**
     * Runs the flow and returns how it and each of its tasks ended; what goes wrong in it is in the states.
     *
     * @throws IllegalStateException if the runner cannot start
     */
    public FlowReport<R> runReport() {
        return new FlowExecution<>(settings, taskRunner, runId, body).run();
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
         * @throws Exception what goes wrong; it makes the flow Failed
         */
        R run(FlowRun run) throws Exception;
    }

    /** Code that submits tasks. */
    @FunctionalInterface
    public interface Action extends Serializable {
        /**
         * Submits tasks to the run.
         *
         * @throws Exception what goes wrong; it makes the flow Failed
         */
        void run(FlowRun run) throws Exception;
    }
}
