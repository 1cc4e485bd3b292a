package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.NearData;
import io.github.ignitetasks.Retries;
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

    private final TaskIdentity<A> identity;

    /** Chooses the data beside which a run is; null if that does not matter. */
    private final @Nullable Placing<A, NearData> place;

    private Task(
            NamedOptions settings, Body<A, R> body, TaskIdentity<A> identity, @Nullable Placing<A, NearData> place) {
        this.settings = settings;
        this.body = requireNonNull(body, "body");
        this.identity = identity;
        this.place = place;
    }

    Task(NamedOptions settings, Body<A, R> body) {
        this(settings, body, TaskIdentity.counted(), null);
    }

    /**
     * Returns a builder of a task; its {@code body} or {@code action} method completes the task.
     *
     * @param name the name of the task, after which its runs are named; tasks of the same name share one count of runs
     * @throws IllegalArgumentException if the name is blank or longer than 900 characters. Also if it has a control
     *     character, a line separator or half of a surrogate pair
     */
    public static TaskBuilder named(String name) {
        return new TaskBuilder(NamedOptions.of(name));
    }

    /** Returns the name. */
    public String name() {
        return settings.name();
    }

    /** Returns the timeout and the retries. */
    public CallOptions options() {
        return settings.options();
    }

    /**
     * Returns this task with another time limit for one attempt, see {@link TaskBuilder#timeout}. Use it for a single
     * submission, as in {@code run.submit(FETCH.withTimeout(Duration.ofSeconds(5)), uri)}.
     *
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Task<A, R> withTimeout(Duration timeout) {
        return with(options().withTimeout(timeout));
    }

    /**
     * Returns this task with other retries, see {@link TaskBuilder#retries(int, Duration)}.
     *
     * @throws IllegalArgumentException if one of them is negative
     */
    public Task<A, R> withRetries(int retries, Duration delay) {
        return with(options().withRetries(retries, delay));
    }

    /** Returns this task with other retries. */
    public Task<A, R> withRetries(Retries retries) {
        return with(options().withRetries(retries));
    }

    /**
     * Returns this task with another time limit for a run as a whole, see {@link TaskBuilder#deadline}.
     *
     * @throws IllegalArgumentException if the deadline is not positive
     */
    public Task<A, R> withDeadline(Duration deadline) {
        return with(options().withDeadline(deadline));
    }

    /** Returns this task with another priority, see {@link TaskBuilder#priority}. */
    public Task<A, R> withPriority(int priority) {
        return with(options().withPriority(priority));
    }

    private Task<A, R> with(CallOptions options) {
        return new Task<>(settings.with(options), body, identity, place);
    }

    /**
     * Returns this task with names for its runs that tell the argument. A count follows the name, so the runs of {@code
     * withRunName(uri -> "fetch " + uri)} are {@code fetch https://example.org-0}, and so on. A run whose argument is a
     * future has the name of the task.
     *
     * <p>Run names identify the runs of a resumed flow. With a name for each argument, a flow may be resumed in another
     * order, or with more arguments. Two tasks of one flow need different names.
     *
     * @param name computes the name, on the thread that submits the task; the name has the same limits as that of a
     *     task
     */
    public Task<A, R> withRunName(Naming<A> name) {
        requireNonNull(name, "name");
        return new Task<>(settings, body, identity.named(name), place);
    }

    /**
     * Returns this task with keys of its own: runs with the same key share one result, in whatever flows, as long as
     * that is kept. The name of the task is part of the key. A run that ended without a result does not count, so the
     * next submission runs again; {@link #keepingFailures} changes that. The argument cannot be a future.
     *
     * @param key computes the text that identifies the argument, on the thread that submits the task
     */
    public Task<A, R> keyedBy(Naming<A> key) {
        requireNonNull(key, "key");
        return new Task<>(settings, body, identity.keyed(key), place);
    }

    /**
     * Returns this task with keys that are digests of the task's name, of a version and of the argument, as {@link
     * #keyedBy} does. The same argument has the same digest in every JVM: the order of a {@code HashSet} does not
     * matter. An argument may consist of records, lists, sets, maps, arrays, enums, texts, numbers, UUIDs, URIs and
     * dates and times. The submission of any other argument is refused with an {@code IllegalArgumentException} that
     * names the class.
     *
     * @param version the version of the task's code; change it when the code gives other results
     */
    public Task<A, R> keyedByInput(String version) {
        String taskName = name();
        requireNonNull(version, "version");
        return keyedBy(argument -> InputDigest.of(taskName, version, argument));
    }

    /**
     * Returns this task so that each run is beside an entry of a cache: on the primary node of the entry's partition,
     * which stays there while the task runs. So the task reads the entry without the network. See {@link
     * CallOptions#near}.
     *
     * @param key computes the key of the entry from the argument, on the thread that submits the task
     */
    public Task<A, R> near(String cache, Placing<A, Object> key) {
        requireNonNull(cache, "cache");
        requireNonNull(key, "key");
        return new Task<>(settings, body, identity, argument -> NearData.key(cache, key.of(argument)));
    }

    /**
     * Returns this task so that each run is beside a partition of a cache, as {@link #near} does.
     *
     * @param partition computes the partition from the argument, on the thread that submits the task
     */
    public Task<A, R> nearPartition(String cache, Placing<A, Integer> partition) {
        requireNonNull(cache, "cache");
        requireNonNull(partition, "partition");
        return new Task<>(settings, body, identity, argument -> NearData.partition(cache, partition.of(argument)));
    }

    /** Returns this task with a time for which results are kept, see {@link CallOptions#withResultTtl}. */
    public Task<A, R> withResultTtl(Duration resultTtl) {
        return with(options().withResultTtl(resultTtl));
    }

    /** Returns this task so that a run that ended without a result counts as one with a result does. */
    public Task<A, R> keepingFailures() {
        return new Task<>(settings, body, identity.keepingFailures(), place);
    }

    /**
     * Returns this task so that a recorded result does not count: each submission releases it, and runs the task. It
     * joins a run that has not ended.
     *
     * @throws IllegalStateException if the task has no keys of its own, see {@link #keyedBy}
     */
    public Task<A, R> refreshed() {
        if (!identity.isKeyed()) {
            throw new IllegalStateException("task '" + name() + "' has no keys of its own, so each submission runs it;"
                    + " use keyedBy(...) or keyedByInput(...) first");
        }
        return new Task<>(settings, body, identity.refreshed(), place);
    }

    TaskIdentity<A> identity() {
        return identity;
    }

    /** Returns whether the place of a run depends on its argument. */
    boolean isPlaced() {
        return place != null;
    }

    /** Returns the options of a run with an argument. */
    CallOptions optionsFor(A argument) {
        CallOptions options = identity.options(options());
        return place == null ? options : options.near(place.of(argument));
    }

    Body<A, R> body() {
        return body;
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name();
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

    /**
     * A function that makes a text of an argument: a name, or what identifies the argument.
     *
     * @param <A> the type of the argument
     */
    @FunctionalInterface
    public interface Naming<A extends @Nullable Object> extends Serializable {
        /** Returns the text of an argument. */
        String of(A argument);
    }

    /**
     * A function that finds the place of an argument.
     *
     * @param <A> the type of the argument
     * @param <P> the type of the place: a key, a partition
     */
    @FunctionalInterface
    public interface Placing<A extends @Nullable Object, P> extends Serializable {
        /** Returns the place of an argument. */
        P of(A argument);
    }
}
