package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.State.Failed.Reason;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes the state of a call that had not ended by its deadline. */
public final class PassedDeadline {
    private PassedDeadline() {}

    /** Returns the state TimedOut of a call with these options. */
    public static <R extends @Nullable Object> State<R> state(String key, CallOptions options, ExecutionInfo info) {
        String what = info.attempt() == 0 ? "had not started" : "was at attempt " + info.attempt();
        Failure failure = Failure.of(new TimeoutException(
                "task '" + key + "' " + what + " at its deadline, " + options.deadline() + " after its submission"));
        return new State.Failed<>(Reason.TIMED_OUT, failure, info);
    }
}
