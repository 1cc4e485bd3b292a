package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Requirements;
import io.github.ignitetasks.Retries;
import io.github.ignitetasks.TaskAction;
import io.github.ignitetasks.TaskCall;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The name and options of a {@link Task} that has no body yet; {@link #body} or {@link #action} completes it. Immutable,
 * safe to share.
 */
public final class TaskBuilder {
    private final NamedOptions settings;

    TaskBuilder(NamedOptions settings) {
        this.settings = settings;
    }

    private TaskBuilder with(UnaryOperator<CallOptions> change) {
        return new TaskBuilder(settings.with(change.apply(settings.options())));
    }

    /**
     * Returns a builder with a time limit for one attempt, counted from the start of the attempt. An attempt that
     * exceeds the limit is interrupted.
     *
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public TaskBuilder timeout(Duration timeout) {
        return with(options -> options.withTimeout(timeout));
    }

    /**
     * Returns a builder with a time limit for a run as a whole, counted from its submission, over all waits and attempts.
     * A run that has not ended by then is TimedOut.
     *
     * @throws IllegalArgumentException if the deadline is not positive
     */
    public TaskBuilder deadline(Duration deadline) {
        return with(options -> options.withDeadline(deadline));
    }

    /**
     * Returns a builder with retries: a Failed task runs again.
     *
     * @param retries how often the task may run again, from 0
     * @param delay how long to wait before each retry
     * @throws IllegalArgumentException if one of them is negative
     */
    public TaskBuilder retries(int retries, Duration delay) {
        return with(options -> options.withRetries(retries, delay));
    }

    /** Returns a builder with retries: a Failed task runs again, as they say. */
    public TaskBuilder retries(Retries retries) {
        return with(options -> options.withRetries(retries));
    }

    /**
     * Returns a builder with a number of runs after deaths: how often the task may run again after the node died that ran
     * it. With 0 it runs at most once. See {@link CallOptions#withCrashRetries}.
     *
     * @throws IllegalArgumentException if the number is negative or more than 1,000
     */
    public TaskBuilder crashRetries(int crashRetries) {
        return with(options -> options.withCrashRetries(crashRetries));
    }

    /**
     * Returns a builder with a priority: of the tasks that wait, those of a higher priority start first. See {@link
     * CallOptions#withPriority}.
     *
     * @param priority any number; 0 by default, negative for what can wait
     */
    public TaskBuilder priority(int priority) {
        return with(options -> options.withPriority(priority));
    }

    /**
     * Returns a builder of a task that runs on nodes alone that have an Ignite user attribute of this value. See {@link
     * Requirements}.
     *
     * @throws IllegalArgumentException if a text is blank
     */
    public TaskBuilder onNodes(String attribute, String value) {
        return with(options -> options.onNodes(attribute, value));
    }

    /**
     * Returns a builder of a task that takes so much of a resource of its node while it runs. See {@link Requirements}.
     *
     * @throws IllegalArgumentException if the name is blank or the amount is below 1
     */
    public TaskBuilder requires(String resource, int amount) {
        return with(options -> options.requires(resource, amount));
    }

    /**
     * Returns a builder of a task of which, and of all others with a limit of this name, at most so many run at a time on
     * the whole grid. See {@link Requirements}.
     *
     * @throws IllegalArgumentException if the name is blank or the number is below 1
     */
    public TaskBuilder limit(String name, int most) {
        return with(options -> options.limit(name, most));
    }

    /** Returns the task that computes a result from an argument with this code. */
    public <A extends @Nullable Object, R extends @Nullable Object> Task<A, R> body(Task.Body<A, R> body) {
        return new Task<>(settings, body);
    }

    /** Returns the task that computes a result without an argument with this code. */
    public <R extends @Nullable Object> Task<@Nullable Void, R> body(TaskCall<R> body) {
        return new Task<>(settings, new BodyOfCall<>(requireNonNull(body, "body")));
    }

    /** Returns the task that runs this code with an argument, and has no result. */
    public <A extends @Nullable Object> Task<A, @Nullable Void> action(Task.Action<A> action) {
        return new Task<>(settings, new BodyOfAction<>(requireNonNull(action, "action")));
    }

    /** Returns the task that runs this code without an argument, and has no result. */
    public Task<@Nullable Void, @Nullable Void> action(TaskAction action) {
        return new Task<>(settings, new BodyOfActionWithoutArgument(requireNonNull(action, "action")));
    }

    private record BodyOfCall<R extends @Nullable Object>(TaskCall<R> call) implements Task.Body<@Nullable Void, R> {
        @Override
        public R run(@Nullable Void argument) throws Exception {
            return call.call();
        }
    }

    private record BodyOfAction<A extends @Nullable Object>(Task.Action<A> action)
            implements Task.Body<A, @Nullable Void> {
        @Override
        public Void run(A argument) throws Exception {
            action.run(argument);
            return NoValue.get();
        }
    }

    private record BodyOfActionWithoutArgument(TaskAction action) implements Task.Body<@Nullable Void, @Nullable Void> {
        @Override
        public Void run(@Nullable Void argument) throws Exception {
            action.run();
            return NoValue.get();
        }
    }
}
