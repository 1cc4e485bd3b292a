package io.github.ignitetasks.internal.protocol;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks the grid, without waiting, and goes on with its answers.
 *
 * @param executor runs what comes after an answer
 */
public record AsyncGrid(Executor executor) {

    /** Asks, and hands on the answer or what prevents it; what the former throws is a problem too. */
    public <T extends @Nullable Object> void ask(
            Supplier<IgniteFuture<T>> question, Consumer<T> onAnswer, Consumer<RuntimeException> onProblem) {
        try {
            question.get().listenAsync(answer -> handOn(answer, onAnswer, onProblem), executor);
        } catch (RuntimeException e) {
            executor.execute(() -> onProblem.accept(e));
        }
    }

    /** Hands on an answer that is there, or what prevented it. */
    public static <T extends @Nullable Object> void handOn(
            IgniteFuture<T> answer, Consumer<T> onAnswer, Consumer<RuntimeException> onProblem) {
        try {
            onAnswer.accept(answer.get());
        } catch (RuntimeException e) {
            onProblem.accept(e);
        }
    }
}
