package io.github.ignitetasks.internal.protocol;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous requests to the grid, with continuations for their answers.
 *
 * @param executor runs the continuations
 */
public record AsyncGrid(Executor executor) {

    /**
     * Sends a request, and passes on its answer or the failure. An exception from the answer's continuation counts as a
     * failure too.
     */
    public <T extends @Nullable Object> void ask(
            Supplier<IgniteFuture<T>> question, Consumer<T> onAnswer, Consumer<RuntimeException> onProblem) {
        try {
            question.get().listenAsync(answer -> handOn(answer, onAnswer, onProblem), executor);
        } catch (RuntimeException e) {
            executor.execute(() -> onProblem.accept(e));
        }
    }

    /** Passes on an answer that has arrived, or the failure. */
    public static <T extends @Nullable Object> void handOn(
            IgniteFuture<T> answer, Consumer<T> onAnswer, Consumer<RuntimeException> onProblem) {
        try {
            onAnswer.accept(answer.get());
        } catch (RuntimeException e) {
            onProblem.accept(e);
        }
    }
}
