package io.github.ignitetasks;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task's result as a future of the JDK, whose stages are code of users. */
final class CompletableResult {
    private CompletableResult() {}

    static <R extends @Nullable Object> CompletableFuture<R> of(TaskFuture<R> future) {
        CompletableFuture<R> result = new CompletableFuture<>();
        Runnable completion = () -> complete(result, future);
        if (future instanceof KeptFuture<R> kept && !kept.isStateAtHand()) {
            kept.whenEnded(() -> kept.keeper().runCompletion(future.key(), completion));
        } else if (future instanceof AllFutures<?> all && !all.isStateAtHand()) {
            all.whenEnded(
                    keeper -> keeper.ifPresentOrElse(last -> last.runCompletion(future.key(), completion), completion));
        } else {
            future.whenDone(state -> completion.run());
        }
        return result;
    }

    /** Completes the future; that the state cannot be had is a way to end, too. */
    private static <R extends @Nullable Object> void complete(CompletableFuture<R> result, TaskFuture<R> future) {
        State<R> state;
        try {
            state = future.state().orElseThrow();
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
            return;
        }
        switch (state.type()) {
            case COMPLETED -> result.complete(state.result());
            case CANCELLED ->
                result.completeExceptionally(new CancellationException("task '" + future.key() + "' was cancelled"));
            default -> result.completeExceptionally(new NotCompletedException("task '" + future.key() + "'", state));
        }
    }
}
