package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CallOptions;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the names and keys of a task's runs.
 *
 * @param naming makes the names of the runs; null if they have the name of the task
 * @param keying makes the keys of the runs; null if the flow run does
 * @param isRefreshed whether a recorded state of the key does not count
 * @param keepsFailures whether a state without a result counts, if the task makes the key
 */
record TaskIdentity<A extends @Nullable Object>(
        Task.@Nullable Naming<A> naming, Task.@Nullable Naming<A> keying, boolean isRefreshed, boolean keepsFailures)
        implements Serializable {

    /** Returns the identity of runs that are counted. */
    static <A extends @Nullable Object> TaskIdentity<A> counted() {
        return new TaskIdentity<>(null, null, false, false);
    }

    boolean isKeyed() {
        return keying != null;
    }

    TaskIdentity<A> named(Task.Naming<A> name) {
        return new TaskIdentity<>(name, keying, isRefreshed, keepsFailures);
    }

    TaskIdentity<A> keyed(Task.Naming<A> key) {
        return new TaskIdentity<>(naming, key, isRefreshed, keepsFailures);
    }

    TaskIdentity<A> refreshed() {
        return new TaskIdentity<>(naming, keying, true, keepsFailures);
    }

    TaskIdentity<A> keepingFailures() {
        return new TaskIdentity<>(naming, keying, isRefreshed, true);
    }

    /** Returns the options of a run, given those of the task. */
    CallOptions options(CallOptions ofTask) {
        return ofTask.withFailuresKept(!isKeyed() || keepsFailures);
    }

    /** Returns the name of a run without its count. */
    String runName(String taskName, A argument) {
        return naming == null ? taskName : requireNonNull(naming.of(argument), "the name of a run");
    }

    /** Returns the key of a run; null if the flow run makes it. Runs of tasks of different names never share one. */
    @Nullable
    String key(String taskName, A argument) {
        return keying == null
                ? null
                : taskName.replace("%", "%25").replace("(", "%28") + "("
                        + requireNonNull(keying.of(argument), "what identifies an argument") + ")";
    }
}
