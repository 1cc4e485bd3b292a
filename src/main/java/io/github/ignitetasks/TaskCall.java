package io.github.ignitetasks;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One computation, with all that it needs captured in it.
 *
 * <p>Every {@link TaskFuture} that a call reaches through serializable fields, however deep, is an upstream: the call
 * runs once all its upstreams are Completed, and {@link TaskFuture#result()} on them does not wait.
 *
 * @param <R> the type of the result; a call that has none returns null
 */
@FunctionalInterface
public interface TaskCall<R extends @Nullable Object> extends Serializable {

    /**
     * Computes the result.
     *
     * @throws Exception what goes wrong; it makes the task Failed and is nobody's to catch
     */
    R call() throws Exception;
}
