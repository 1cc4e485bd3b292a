package io.github.ignitetasks.flow;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.internal.codec.NotCapturable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A submitter whose tasks wait for futures of which they need no result. */
@NotCapturable(remedy = Submitter.NOT_CAPTURABLE)
final class SubmitterAfter extends Submitter {
    private final Submitter submitter;
    private final List<TaskFuture<?>> before;

    /** Takes the submitter that gets the tasks, and the futures. */
    SubmitterAfter(Submitter submitter, List<TaskFuture<?>> before) {
        this.submitter = submitter;
        this.before = before;
    }

    @Override
    <R extends @Nullable Object> TaskFuture<R> submit(Submission<R> submission) {
        return submitter.submit(submission.with(new CallAfter<>(submission.call(), before)));
    }

    @Override
    int partitionsOf(String cache) {
        return submitter.partitionsOf(cache);
    }

    /** A call that holds further upstreams. It is a named class so that errors can name its fields. */
    private record CallAfter<R extends @Nullable Object>(TaskCall<R> after, List<TaskFuture<?>> before)
            implements TaskCall<R> {

        @Override
        public R call() throws Exception {
            return after.call();
        }
    }
}
