package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A named function that submits tasks, with its policies and the runner of its tasks.
 *
 * <pre>{@code
 * static final Flow<Integer, Void> COUNT_TO = Flow.named("count-to").action((run, highest) -> {
 *     for (int number = 0; number < highest; number++) run.submit(SHOUT, number);
 * });
 * }</pre>
 *
 * <p>The body runs on the thread that runs the flow; the flow ends when all its tasks have ended, however the body did.
 * A body that throws makes it Failed. A body that returns a value makes it Completed, whatever its tasks did: what to
 * do about them is the body's to decide. An action makes it Completed only if all its tasks are; otherwise it is Failed
 * with a {@link TasksNotCompletedException}. If the thread that runs the flow is interrupted, the tasks are cancelled
 * and the flow ends.
 *
 * <p>Immutable and safe to share, as far as what its body captured is.
 *
 * @param <A> the type of the argument
 * @param <R> the type of the result; {@code Void} for a flow that has none
 */
public final class Flow<A extends @Nullable Object, R extends @Nullable Object> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final NamedOptions settings;
    private final TaskRunner taskRunner;
    private final @Nullable UUID runId;
    private final Body<A, R> body;

    private Flow(NamedOptions settings, TaskRunner taskRunner, @Nullable UUID runId, Body<A, R> body) {
        this.settings = settings;
        this.taskRunner = requireNonNull(taskRunner, "taskRunner");
        this.runId = runId;
        this.body = requireNonNull(body, "body");
    }

    /**
     * Starts to describe a flow; its body comes last.
     *
     * @throws IllegalArgumentException if the name is blank, or longer than 900 characters
     */
    public static Builder named(String name) {
        return new Builder(NamedOptions.of(name));
    }

    /** Returns the name. */
    public String name() {
        return settings.name();
    }

    /** Returns the runner of the tasks: a {@link ThreadPoolTaskRunner} unless another was given. */
    public TaskRunner taskRunner() {
        return taskRunner;
    }

    /** Returns this flow with another runner for its tasks. */
    public Flow<A, R> withTaskRunner(TaskRunner taskRunner) {
        return new Flow<>(settings, taskRunner, runId, body);
    }

    /**
     * Returns this flow for one flow run alone: the one of that id, which it resumes if it was begun before, by a
     * process that was killed or by one that has ended. Task runs that were left Completed are taken as they are, those
     * that still run are joined, the others run anew.
     *
     * <p>The id of a run is logged when it starts, and is in its report. The flow and its argument are to be the same
     * again, as task runs are told by the order in which the body submits them. What was left is known to a grid that
     * still has the records, so it is to be resumed within {@code resultTtl} of its start; on the runners of this JVM it ends with the run. One process is to
     * run a flow run at a time: of two neither sees what the other has not begun, so a task may run for each.
     */
    public Flow<A, R> withRunId(UUID id) {
        return new Flow<>(settings, taskRunner, requireNonNull(id, "id"), body);
    }

    /**
     * Runs the flow and returns what its body returns.
     *
     * @throws NotCompletedException if the flow ended without a result; its cause is what the body threw
     * @throws IllegalStateException if the runner cannot start
     */
    public R run(A argument) {
        return runReport(argument).result();
    }

    /**
     * Runs the flow and returns how it ended; what goes wrong in it is in the state.
     *
     * @throws IllegalStateException if the runner cannot start
     */
    public State<R> runState(A argument) {
        return runReport(argument).state();
    }

    /**
     * Runs the flow and returns how it and each of its tasks ended; what goes wrong in it is in the states.
     *
     * @throws IllegalStateException if the runner cannot start
     */
    public FlowReport<R> runReport(A argument) {
        return new FlowExecution<R>(settings, taskRunner, runId, run -> body.run(run, argument)).run();
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name();
    }

    /** What is known of a flow before its body. Immutable, safe to share. */
    public static final class Builder {
        private final NamedOptions settings;

        private Builder(NamedOptions settings) {
            this.settings = settings;
        }

        /**
         * Returns a description in which one attempt, with its tasks, may run so long. When the time is up, the tasks
         * are cancelled, the thread that runs the body is interrupted, and the flow is Failed with reason
         * {@link State.Failed.Reason#TIMED_OUT}; a body that ignores interrupts holds it up all the same.
         *
         * @throws IllegalArgumentException if the timeout is not positive
         */
        public Builder timeout(Duration timeout) {
            return new Builder(settings.with(settings.options().withTimeout(timeout)));
        }

        /**
         * Returns a description in which a Failed flow is run again. Task runs that an earlier attempt left Completed
         * are taken as they are, those that still run are joined, the others run anew.
         *
         * @param retries how often, from 0
         * @param delay how long to wait before each
         * @throws IllegalArgumentException if one of them is negative
         */
        public Builder retries(int retries, Duration delay) {
            return new Builder(settings.with(settings.options().withRetries(retries, delay)));
        }

        /** Returns the flow that computes a result from an argument. */
        public <A extends @Nullable Object, R extends @Nullable Object> Flow<A, R> body(Body<A, R> body) {
            return new Flow<>(settings, ThreadPoolTaskRunner.create(), null, body);
        }

        /** Returns the flow that computes a result from nothing. */
        public <R extends @Nullable Object> FlowWithoutArgument<R> body(FlowWithoutArgument.Body<R> body) {
            return new FlowWithoutArgument<>(settings, ThreadPoolTaskRunner.create(), null, body);
        }

        /** Returns the flow that does something with an argument, and has no result. */
        public <A extends @Nullable Object> Flow<A, @Nullable Void> action(Action<A> action) {
            requireNonNull(action, "action");
            return body((run, argument) -> {
                action.run(run, argument);
                run.awaitCompleted();
                return NoValue.get();
            });
        }

        /** Returns the flow that does something without an argument, and has no result. */
        public FlowWithoutArgument<@Nullable Void> action(FlowWithoutArgument.Action action) {
            requireNonNull(action, "action");
            return body(run -> {
                action.run(run);
                run.awaitCompleted();
                return NoValue.get();
            });
        }
    }

    /**
     * Code that submits tasks and returns a value.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface Body<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {
        /**
         * Submits tasks to the run and computes the result.
         *
         * @throws Exception what goes wrong; it makes the flow Failed
         */
        R run(FlowRun run, A argument) throws Exception;
    }

    /**
     * Code that submits tasks.
     *
     * @param <A> the type of the argument
     */
    @FunctionalInterface
    public interface Action<A extends @Nullable Object> extends Serializable {
        /**
         * Submits tasks to the run.
         *
         * @throws Exception what goes wrong; it makes the flow Failed
         */
        void run(FlowRun run, A argument) throws Exception;
    }
}
