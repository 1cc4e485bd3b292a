package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.context.SessionFuture;
import io.github.ignitetasks.internal.tracing.CallTrace;
import io.github.ignitetasks.internal.tracing.SpanReference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The source of a call, for each attempt at it.
 *
 * @param <R> the type of the result
 */
public interface CallSource<R extends @Nullable Object> {
    /** How many spans of upstreams an attempt's span links to at most, which is also the limit of OpenTelemetry. */
    int MAX_LINKS = 128;

    /**
     * Reads the call, for one attempt.
     *
     * @throws CallNotRunException if the call must not run
     * @throws Exception if there is none; the state is then Crashed
     */
    TaskCall<R> call() throws Exception;

    /**
     * Prepares the reading of the call, on the thread of the attempt. It may block, and its time does not count for the
     * attempt's timeout. By default there is nothing to do.
     *
     * @throws CallNotRunException if the call must not run
     * @throws Exception if the call cannot be run; the state is then Crashed
     */
    default void prepare() throws Exception {}

    /** Ends what {@link #prepare} began, on the thread of the attempt, once its code has ended. Does not block. */
    default void finish() {}

    /**
     * Writes the state of an attempt's code, on the attempt's thread, because its classes may run user code. The outcome
     * is Crashed if that state is refused, or cannot be written. By default states are not written.
     *
     * @param span the span of the attempt; empty if nobody records one
     */
    default Outcome.Ended<R> write(State<R> state, Optional<SpanReference> span) {
        return new Outcome.Ended<>(state);
    }

    /** Returns the trace of the call; empty if it is not traced. */
    default Optional<CallTrace> trace() {
        return Optional.empty();
    }

    /** Returns some of the spans in which the results of the upstreams were computed, once the call was read. */
    default List<SpanReference> upstreamSpans() {
        return List.of();
    }

    /**
     * Returns the context class loader of the thread while the call is read, runs, and its state is written; by default
     * it stays as it is.
     */
    default @Nullable ClassLoader loader() {
        return Thread.currentThread().getContextClassLoader();
    }

    /** Returns whether the call may wait for a future that is not one of its upstreams; by default it may not. */
    default boolean mayWaitFor(SessionFuture future) {
        return false;
    }

    /** Returns the live futures that the call may wait for. */
    default List<? extends SessionFuture> upstreams() {
        return List.of();
    }

    /** Returns an object of the node that runs the call, such as its Ignite; empty if there is none of that type. */
    default <T> Optional<T> resource(Class<T> type) {
        return Optional.empty();
    }

    /** Returns the session that submitted the call, if it is of this JVM. */
    default Optional<TaskSession> session() {
        return Optional.empty();
    }

    /**
     * Opens a session for the tasks that the call submits; the attempt closes it. It is asked for if the call has no
     * session here.
     */
    default TaskSession openSession() {
        throw new IllegalStateException("there is no session for the tasks of this task");
    }
}
