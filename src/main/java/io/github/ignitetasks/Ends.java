package io.github.ignitetasks;

import io.github.ignitetasks.internal.context.FutureOwner;
import io.github.ignitetasks.internal.context.FutureView;
import io.github.ignitetasks.internal.context.SessionFuture;
import java.util.Optional;
import java.util.function.Consumer;

/** Listens to the ends of futures of any kind, without reading their results. */
final class Ends {
    private Ends() {}

    /** Returns the session's future that a future shows, else that future itself. */
    static TaskFuture<?> shownBy(TaskFuture<?> future) {
        return future instanceof FutureView view && view.shown() instanceof TaskFuture<?> shown ? shown : future;
    }

    /** Returns whether a future has ended, and its result can be had without running user code. */
    static boolean isResultAtHand(TaskFuture<?> given) {
        TaskFuture<?> future = shownBy(given);
        if (future instanceof SessionFuture one) {
            return one.isResultAtHand();
        }
        if (future instanceof SettledFuture<?> settled) {
            return settled.isDone();
        }
        return future instanceof AllFutures<?> all ? all.isResultAtHand() : future.isDone();
    }

    /**
     * Calls an action of this library when a future ends. The action runs as with {@link SessionFuture#whenEnded} if
     * the future supports that, else as with {@link TaskFuture#whenDone}. It gets the owner of the future, if there is
     * one.
     *
     * @return takes the action back, if it has not been called
     */
    static Runnable whenEnded(TaskFuture<?> given, Consumer<Optional<FutureOwner>> action) {
        TaskFuture<?> future = shownBy(given);
        if (future instanceof SessionFuture one) {
            return one.whenEnded(() -> action.accept(Optional.of(one.owner())));
        }
        if (future instanceof AllFutures<?> all) {
            return all.whenEnded(action);
        }
        if (future instanceof SettledFuture<?> settled) {
            return whenEnded(settled.upstream(), action);
        }
        future.whenDone(state -> action.accept(Optional.empty()));
        return () -> {};
    }
}
