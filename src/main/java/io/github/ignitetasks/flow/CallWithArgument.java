package io.github.ignitetasks.flow;

import io.github.ignitetasks.TaskCall;
import org.jspecify.annotations.Nullable;

/** The call of a task with its argument. It is a named class so that errors can name its fields. */
record CallWithArgument<A extends @Nullable Object, R extends @Nullable Object>(Task.Body<A, R> body, A argument)
        implements TaskCall<R> {

    @Override
    public R call() throws Exception {
        return body.run(argument);
    }
}
