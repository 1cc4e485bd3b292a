package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Retries;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.internal.context.NotRetriedException;
import org.jspecify.annotations.Nullable;

/**
 * A call whose exceptions are retried on a condition alone. The condition travels in the call, because it is code of
 * the user. It is a named class so that errors can name its fields.
 */
record ConditionalCall<R extends @Nullable Object>(TaskCall<R> body, Retries retries) implements TaskCall<R> {

    /** Returns the call with the condition of its retries, if they have one. */
    static <R extends @Nullable Object> TaskCall<R> of(TaskCall<R> call, CallOptions options) {
        return options.retries().hasCondition() ? new ConditionalCall<>(call, options.retries()) : call;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever the code throws
    public R call() throws Exception {
        try {
            return body.call();
        } catch (Throwable e) {
            if (retries.isOn(e)) {
                throw e;
            }
            throw new NotRetriedException(e);
        }
    }
}
