package io.github.ignitetasks;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One computation, with everything that it needs captured in it.
 *
 * <p>Every {@link TaskFuture} that a call reaches through serializable fields, at any depth, is an upstream. The call
 * runs once all its upstreams are Completed, and {@link TaskFuture#result()} on them does not block.
 *
 * <p>The code of a call may run more than once: after a failure, if retries are set, and on a grid after its node died.
 *
 * @param <R> the type of the result; {@link TaskAction} is for code that has none
 */
@FunctionalInterface
public interface TaskCall<R extends @Nullable Object> extends Serializable {

    /**
     * Computes the result.
     *
     * @throws Exception if the computation fails; the session catches the exception, and the task is Failed with it
     */
    R call() throws Exception;
}
