package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.Retries;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A named function that submits tasks, with its timeout, its retries and the runner of its tasks.
 *
 * <pre>{@code
 * static final Flow<Integer, Void> COUNT_TO = Flow.named("count-to").action((run, highest) -> {
 *     for (int number = 0; number < highest; number++) run.submit(SHOUT, number);
 * });
 * }</pre>
 *
 * <p>The body runs on the thread that runs the flow. The flow ends when its body and all its tasks have ended.
 *
 * <ul>
 * <li>If the body throws, the flow is Failed.
 * <li>If the body returns a value, the flow is Completed, whatever the states of its tasks; the body decides what to do
 * about them.
 * <li>If an action returns, the flow is Completed only if all its tasks are. Otherwise it is Failed with a
 * {@link TasksNotCompletedException}.
 * <li>If the thread that runs the flow is interrupted, the tasks are cancelled and the flow ends.
 * </ul>
 *
 * <p>Immutable; safe to share if everything that its body captured is.
 *
 * @param <A> the type of the argument
 * @param <R> the type of the result; {@code Void} for a flow that has none
 */
public final class Flow<A extends @Nullable Object, R extends @Nullable Object> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final NamedOptions settings;
    private final TaskRunner taskRunner;
    private final FlowListeners listeners;
    private final @Nullable UUID runId;
    private final Body<A, R> body;

    private Flow(
            NamedOptions settings,
            TaskRunner taskRunner,
            FlowListeners listeners,
            @Nullable UUID runId,
            Body<A, R> body) {
        this.settings = settings;
        this.taskRunner = requireNonNull(taskRunner, "taskRunner");
        this.listeners = listeners;
        this.runId = runId;
        this.body = requireNonNull(body, "body");
    }

    /**
     * Returns a builder of a flow; its {@code body} or {@code action} method completes the flow.
     *
     * @param name the name of the flow, which appears in logs, reports and keys
     * @throws IllegalArgumentException if the name is blank or longer than 900 characters. Also if it has a control
     *     character, a line separator or half of a surrogate pair
     */
    public static Builder named(String name) {
        return new Builder(NamedOptions.of(name));
    }

    /** Returns the name. */
    public String name() {
        return settings.name();
    }

    /** Returns the runner of the tasks, which is a {@link ThreadPoolTaskRunner} by default. */
    public TaskRunner taskRunner() {
        return taskRunner;
    }

    /** Returns this flow with another runner for its tasks. */
    public Flow<A, R> withTaskRunner(TaskRunner taskRunner) {
        return new Flow<>(settings, taskRunner, listeners, runId, body);
    }

    /**
     * Returns this flow with one more listener to what happens to its tasks, beside those of its runner. If another flow
     * calls this one, the tasks are those of that flow's session, and its listeners alone hear of them. Listeners stay in
     * this JVM: a flow that was deserialized has none.
     */
    public Flow<A, R> withListener(TaskListener listener) {
        return new Flow<>(settings, taskRunner, listeners.with(listener), runId, body);
    }

    /**
     * Returns this flow for the flow run of one id. Running it resumes that flow run, if a process that was killed or
     * has ended began it before.
     *
     * <p>Completed task runs are reused, running ones are joined, and all others run anew. The flow and its argument
     * must be the same as before, because the order of submission identifies the task runs.
     *
     * <p>The id of a flow run is logged when it starts, and is in its report. Resuming needs a grid that still has the
     * records, so resume a flow run within {@code resultTtl} of its start. On the runners of this JVM, records end with
     * the run.
     *
     * <p>Run a flow run in one process at a time. Two processes do not see each other's unstarted tasks, so a task may
     * run once for each of them.
     */
    public Flow<A, R> withRunId(UUID id) {
        return new Flow<>(settings, taskRunner, listeners, requireNonNull(id, "id"), body);
    }

    /**
     * Returns this flow for the flow run of one name, such as a date: {@code NIGHTLY.withRunId("2026-11-28")}. The name
     * stands for an id that is the same in every process, see {@link #withRunId(UUID)}. Runs of other flows do not
     * share it.
     *
     * @throws IllegalArgumentException if the name is blank or longer than 900 characters. Also if it has a control
     *     character, a line separator or half of a surrogate pair
     */
    public Flow<A, R> withRunId(String name) {
        return withRunId(TaskRunKey.flowRunId(name(), NamedOptions.of(name).name()));
    }

    /**
     * Runs the flow and returns the result of its body.
     *
     * @throws NotCompletedException if the flow ended without a result, in which case its cause is the body's
     *     exception; or if the grid cannot record an attempt at the flow run
     * @throws IllegalStateException if the runner cannot start
     */
    public R run(A argument) {
        return runReport(argument).result();
    }

    /**
     * Runs the flow and returns its final state, which describes any failure of the flow.
     *
     * @throws NotCompletedException if the grid cannot record an attempt at the flow run
     * @throws IllegalStateException if the runner cannot start
     */
    public State<R> runState(A argument) {
        return runReport(argument).state();
    }

    /**
     * Runs the flow and returns the final states of the flow and of each of its tasks, which describe any failures.
     *
     * @throws NotCompletedException if the grid cannot record an attempt at the flow run
     * @throws IllegalStateException if the runner cannot start
     */
    public FlowReport<R> runReport(A argument) {
        return execution(runId, argument).run();
    }

    /** Returns an execution of the flow; it has a new id if none is given. */
    FlowExecution<R> execution(@Nullable UUID id, A argument) {
        return new FlowExecution<>(settings, listeners.on(taskRunner), id, run -> body.run(run, argument));
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name();
    }

    /** The name and options of a flow that has no body yet. Immutable, safe to share. */
    public static final class Builder {
        private final NamedOptions settings;

        private Builder(NamedOptions settings) {
            this.settings = settings;
        }

        /**
         * Returns a builder with a time limit for one attempt, including its tasks.
         *
         * <p>When the time is up, the tasks are cancelled and the thread that runs the body is interrupted. The flow is
         * Failed with reason {@link State.Failed.Reason#TIMED_OUT}. A body that ignores interrupts delays the end of
         * the flow.
         *
         * @throws IllegalArgumentException if the timeout is not positive
         */
        public Builder timeout(Duration timeout) {
            return new Builder(settings.with(settings.options().withTimeout(timeout)));
        }

        /**
         * Returns a builder with retries: a Failed flow runs again. The new attempt reuses Completed task runs of
         * earlier attempts and joins running ones; all others run anew.
         *
         * @param retries how often the flow may run again, from 0
         * @param delay how long to wait before each retry
         * @throws IllegalArgumentException if one of them is negative
         */
        public Builder retries(int retries, Duration delay) {
            return new Builder(settings.with(settings.options().withRetries(retries, delay)));
        }

        /**
         * Returns a builder with retries: a Failed flow runs again, as they say. The new attempt reuses task runs as with
         * {@link #retries(int, Duration)}.
         */
        public Builder retries(Retries retries) {
            return new Builder(settings.with(settings.options().withRetries(retries)));
        }

        /** Returns the flow that computes a result from an argument with this code. */
        public <A extends @Nullable Object, R extends @Nullable Object> Flow<A, R> body(Body<A, R> body) {
            return new Flow<>(settings, ThreadPoolTaskRunner.create(), FlowListeners.none(), null, body);
        }

        /** Returns the flow that computes a result without an argument with this code. */
        public <R extends @Nullable Object> FlowWithoutArgument<R> body(FlowWithoutArgument.Body<R> body) {
            return new FlowWithoutArgument<>(settings, ThreadPoolTaskRunner.create(), FlowListeners.none(), null, body);
        }

        /** Returns the flow that runs this code with an argument, and has no result. */
        public <A extends @Nullable Object> Flow<A, @Nullable Void> action(Action<A> action) {
            requireNonNull(action, "action");
            return body((run, argument) -> {
                action.run(run, argument);
                run.awaitCompleted();
                return NoValue.get();
            });
        }

        /** Returns the flow that runs this code without an argument, and has no result. */
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
         * @throws Exception if the body fails, which makes the flow Failed
         */
        R run(FlowRun run, A argument) throws Exception;
    }

    /**
     * Code that submits tasks and returns nothing.
     *
     * @param <A> the type of the argument
     */
    @FunctionalInterface
    public interface Action<A extends @Nullable Object> extends Serializable {
        /**
         * Submits tasks to the run.
         *
         * @throws Exception if the code fails, which makes the flow Failed
         */
        void run(FlowRun run, A argument) throws Exception;
    }
}
