package io.github.ignitetasks;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function that runs as a task for each of many arguments; see {@link TaskContext#map}. Like a {@link TaskCall}, it
 * may run more than once for one argument.
 *
 * @param <A> the type of the argument
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface TaskFunction<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {

    /**
     * Computes the result for an argument.
     *
     * @throws Exception if the computation fails; the session catches the exception, and the task is Failed with it
     */
    R apply(A argument) throws Exception;
}
