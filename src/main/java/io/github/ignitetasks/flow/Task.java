package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskAction;
import io.github.ignitetasks.TaskCall;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A named function with a timeout and retries, which flows submit.
 *
 * <pre>{@code
 * static final Task<URI, String> FETCH = Task.named("fetch")
 *         .retries(3, Duration.ofSeconds(1))
 *         .timeout(Duration.ofMinutes(1))
 *         .body(uri -> download(uri));
 * }</pre>
 *
 * <p>Immutable; safe to share if everything that its body captured is.
 *
 * @param <A> the type of the argument; {@code Void} for a task that takes none
 * @param <R> the type of the result; {@code Void} for a task that has none
 */
public final class Task<A extends @Nullable Object, R extends @Nullable Object> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final NamedOptions settings;
    private final Body<A, R> body;

    private Task(NamedOptions settings, Body<A, R> body) {
        this.settings = settings;
        this.body = requireNonNull(body, "body");
    }

    /**
     * Returns a builder of a task; its {@code body} or {@code action} method completes the task.
     *
     * @param name the name of the task, after which its runs are named; tasks of the same name share one count of runs
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

    /** Returns the timeout and the retries. */
    public CallOptions options() {
        return settings.options();
    }

    Body<A, R> body() {
        return body;
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name();
    }

    /** The name and options of a task that has no body yet. Immutable, safe to share. */
    public static final class Builder {
        private final NamedOptions settings;

        private Builder(NamedOptions settings) {
            this.settings = settings;
        }

        /**
         * Returns a builder with a time limit for one attempt, counted from the start of the attempt. An attempt that
         * exceeds the limit is interrupted.
         *
         * @throws IllegalArgumentException if the timeout is not positive
         */
        public Builder timeout(Duration timeout) {
            return new Builder(settings.with(settings.options().withTimeout(timeout)));
        }

        /**
         * Returns a builder with retries: a Failed task runs again.
         *
         * @param retries how often the task may run again, from 0
         * @param delay how long to wait before each retry
         * @throws IllegalArgumentException if one of them is negative
         */
        public Builder retries(int retries, Duration delay) {
            return new Builder(settings.with(settings.options().withRetries(retries, delay)));
        }

        /** Returns the task that computes a result from an argument with this code. */
        public <A extends @Nullable Object, R extends @Nullable Object> Task<A, R> body(Body<A, R> body) {
            return new Task<>(settings, body);
        }

        /** Returns the task that computes a result without an argument with this code. */
        public <R extends @Nullable Object> Task<@Nullable Void, R> body(TaskCall<R> body) {
            return new Task<>(settings, new BodyOfCall<>(requireNonNull(body, "body")));
        }

        /** Returns the task that runs this code with an argument, and has no result. */
        public <A extends @Nullable Object> Task<A, @Nullable Void> action(Action<A> action) {
            return new Task<>(settings, new BodyOfAction<>(requireNonNull(action, "action")));
        }

        /** Returns the task that runs this code without an argument, and has no result. */
        public Task<@Nullable Void, @Nullable Void> action(TaskAction action) {
            return new Task<>(settings, new BodyOfActionWithoutArgument(requireNonNull(action, "action")));
        }
    }

    /**
     * Code that computes a result from an argument.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface Body<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {
        /**
         * Computes the result.
         *
         * @throws Exception if the computation fails, which makes the task Failed
         */
        R run(A argument) throws Exception;
    }

    /**
     * Code that takes an argument and returns nothing.
     *
     * @param <A> the type of the argument
     */
    @FunctionalInterface
    public interface Action<A extends @Nullable Object> extends Serializable {
        /**
         * Runs the code.
         *
         * @throws Exception if the code fails, which makes the task Failed
         */
        void run(A argument) throws Exception;
    }

    private record BodyOfCall<R extends @Nullable Object>(TaskCall<R> call) implements Body<@Nullable Void, R> {
        @Override
        public R run(@Nullable Void argument) throws Exception {
            return call.call();
        }
    }

    private record BodyOfAction<A extends @Nullable Object>(Action<A> action) implements Body<A, @Nullable Void> {
        @Override
        public Void run(A argument) throws Exception {
            action.run(argument);
            return NoValue.get();
        }
    }

    private record BodyOfActionWithoutArgument(TaskAction action) implements Body<@Nullable Void, @Nullable Void> {
        @Override
        public Void run(@Nullable Void argument) throws Exception {
            action.run();
            return NoValue.get();
        }
    }
}
