package io.github.ignitetasks.internal.execution;

import java.io.Serial;

/** Thrown by a {@link CallSource} whose call must not run. The execution then ends as {@link Outcome.NotRun}. */
public final class CallNotRunException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Outcome.Reason reason;

    /** Makes the exception for a reason. */
    public CallNotRunException(Outcome.Reason reason) {
        super("the call must not run: " + reason);
        this.reason = reason;
    }

    /** Returns why the call must not run. */
    Outcome.Reason reason() {
        return reason;
    }
}
