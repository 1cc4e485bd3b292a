package io.github.ignitetasks.flow;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import org.jspecify.annotations.Nullable;

/**
 * A task run to submit.
 *
 * @param name its name without the count
 * @param key its key; null if the flow run gives it one
 * @param isRefreshed whether a recorded state of the key is released first
 * @param call its call
 * @param options its options, with the name of the task
 */
record Submission<R extends @Nullable Object>(
        String name, @Nullable String key, boolean isRefreshed, TaskCall<R> call, CallOptions options) {

    /** Returns the submission of a call whose key the flow run chooses. */
    static <R extends @Nullable Object> Submission<R> of(String name, TaskCall<R> call, CallOptions options) {
        return new Submission<>(NamedOptions.of(name).name(), null, false, call, named(options, name));
    }

    private static CallOptions named(CallOptions options, String taskName) {
        return options.name().isPresent() ? options : options.withName(taskName);
    }

    /** Returns the submission of a task with an argument. */
    static <A extends @Nullable Object, R extends @Nullable Object> Submission<R> of(Task<A, R> task, A argument) {
        TaskIdentity<A> identity = task.identity();
        String name = identity.runName(task.name(), argument);
        return new Submission<>(
                NamedOptions.of(name).name(),
                identity.key(task.name(), argument),
                identity.isRefreshed(),
                new CallWithArgument<>(task.body(), argument),
                named(task.optionsFor(argument), task.name()));
    }

    /**
     * Returns the submission of a task with the result of another task.
     *
     * @throws IllegalArgumentException if the key or the place of the task is made of its argument
     */
    static <A extends @Nullable Object, R extends @Nullable Object> Submission<R> of(
            Task<A, R> task, TaskFuture<? extends A> argument) {
        if (task.identity().isKeyed() || task.isPlaced()) {
            throw new IllegalArgumentException("task '" + task.name() + "' is " + (task.isPlaced() ? "placed" : "keyed")
                    + " by its argument, which is not known before task '" + argument.key()
                    + "' has ended; submit it with that future's result()");
        }
        return of(task.name(), new CallWithUpstream<>(task.body(), argument), task.options());
    }

    /** Returns the name that counters and logs use. */
    String taskName() {
        return options.name().orElse(name);
    }

    /** Returns the submission by a flow run with this id. */
    Submission<R> by(String flowRun) {
        return new Submission<>(name, key, isRefreshed, call, options.withFlowRun(flowRun));
    }

    /** Returns the submission with another call. */
    Submission<R> with(TaskCall<R> other) {
        return new Submission<>(name, key, isRefreshed, other, options);
    }
}
