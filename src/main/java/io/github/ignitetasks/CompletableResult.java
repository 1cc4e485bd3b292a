package io.github.ignitetasks;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes a {@code CompletableFuture} of a task's result. The stages of that future are user code. */
final class CompletableResult {
    private CompletableResult() {}

    static <R extends @Nullable Object> CompletableFuture<R> of(TaskFuture<R> future) {
        CompletableFuture<R> result = new CompletableFuture<>();
        Runnable completion = () -> complete(result, future);
        if (Ends.isResultAtHand(future)) {
            completion.run();
        } else {
            Runnable unusedWithdrawal = Ends.whenEnded(
                    future,
                    owner -> owner.ifPresentOrElse(last -> last.runCompletion(future.key(), completion), completion));
        }
        CompletableFuture<R> unused = result.whenComplete((value, problem) -> {
            if (result.isCancelled()) {
                future.cancel();
            }
        });
        return result;
    }

    /** Completes the JDK's future; if the state is not available, the future completes exceptionally. */
    @SuppressWarnings("CatchingUnchecked") // reading a state runs user code, which may throw errors too
    private static <R extends @Nullable Object> void complete(CompletableFuture<R> result, TaskFuture<R> future) {
        try {
            result.complete(future.result());
        } catch (NotCompletedException e) {
            result.completeExceptionally(
                    e.state().type() == StateType.CANCELLED
                            ? new CancellationException("task '" + future.key() + "' was cancelled")
                            : e);
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }
}
