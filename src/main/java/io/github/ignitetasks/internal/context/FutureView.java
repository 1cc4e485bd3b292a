package io.github.ignitetasks.internal.context;

import java.util.Optional;

/** A future that shows a future of a session. It is another object for the same task. Safe to share between threads. */
public interface FutureView {

    /** Returns the session's future. */
    SessionFuture shown();

    /** Returns the session's future that a future is or shows; empty if there is none. */
    static Optional<SessionFuture> shownBy(Object future) {
        if (future instanceof SessionFuture own) {
            return Optional.of(own);
        }
        return future instanceof FutureView view ? Optional.of(view.shown()) : Optional.empty();
    }
}
