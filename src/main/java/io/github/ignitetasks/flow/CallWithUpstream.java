package io.github.ignitetasks.flow;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import org.jspecify.annotations.Nullable;

/** The call of a task whose argument is the result of another task. It holds the future, not the result. */
record CallWithUpstream<A extends @Nullable Object, R extends @Nullable Object>(
        Task.Body<A, R> body, TaskFuture<? extends A> argument) implements TaskCall<R> {

    @Override
    public R call() throws Exception {
        return body.run(argument.result());
    }
}
