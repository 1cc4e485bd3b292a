package io.github.ignitetasks;

import org.jspecify.annotations.Nullable;

/** The call of a function with its argument. It is a named class so that errors can name its fields. */
record FunctionCall<A extends @Nullable Object, R extends @Nullable Object>(TaskFunction<A, R> function, A argument)
        implements TaskCall<R> {

    @Override
    public R call() throws Exception {
        return function.apply(argument);
    }
}
