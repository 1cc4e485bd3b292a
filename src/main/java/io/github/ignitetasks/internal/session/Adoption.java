package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.State.Failed.Reason;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.internal.codec.FutureReference;
import io.github.ignitetasks.internal.codec.FutureSearch;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The link between a stage of other code and the future of a key. The end of the stage ends the future, and cancelling
 * the future cancels the stage. Safe to share between threads.
 */
final class Adoption<R extends @Nullable Object> {
    private final PreparedCall<R> preparedCall;
    private final CompletionStage<? extends R> stage;

    /** The thread that attaches to the stage; it may take the end of a stage that has ended before. */
    private volatile @Nullable Thread attaching;

    private volatile boolean ended;

    private Adoption(PreparedCall<R> preparedCall, CompletionStage<? extends R> stage) {
        this.preparedCall = preparedCall;
        this.stage = stage;
    }

    /** Prepares a key whose state comes from elsewhere. */
    static <R extends @Nullable Object> PreparedCall<R> prepare(Backend backend, KeyedSession session, String key) {
        return backend.prepare(session, key, new NoCall<>(), CallOptions.none());
    }

    /** Lets a key end as a stage does. Does not block. */
    static <R extends @Nullable Object> void begin(PreparedCall<R> preparedCall, CompletionStage<? extends R> stage) {
        new Adoption<>(preparedCall, stage).attach();
    }

    /**
     * Waits until a stage has ended.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    static void awaitEnd(String key, CompletionStage<?> stage) {
        CountDownLatch ended = new CountDownLatch(1);
        CompletionStage<?> unused = stage.whenComplete((value, problem) -> ended.countDown());
        try {
            ended.await();
        } catch (InterruptedException e) {
            throw new TaskInterruptedException(
                    "interrupted while waiting for the stage that task '" + key + "' stands for", e);
        }
    }

    private void attach() {
        Runnable unusedWithdrawal = future().whenEnded(this::onFutureEnded);
        attaching = Thread.currentThread();
        try {
            CompletionStage<?> unused = stage.whenComplete(this::onStageEnded);
        } catch (RuntimeException e) { // of a stage that is not the JDK's
            Failure failure = Failure.of(e).because("its stage takes no action to run at its end");
            preparedCall.skip(new State.Crashed<>(failure, info()));
        } finally {
            attaching = null;
        }
    }

    /** Writing the value runs user code and may take long, so that the thread that ends the stage does not do it. */
    private void onStageEnded(R value, @Nullable Throwable problem) {
        ended = true;
        if (Thread.currentThread() == attaching) {
            end(value, problem);
        } else if (!future().isDone()) {
            future().session().runCompletion(future().key(), () -> end(value, problem));
        }
    }

    private void end(R value, @Nullable Throwable problem) {
        if (future().isDone()) {
            return;
        }
        if (problem != null) {
            preparedCall.skip(withoutValue(unwrapped(problem)));
            return;
        }
        FutureSearch.Found found = FutureSearch.in(value);
        if (found.futures().isEmpty()) {
            preparedCall.skip(new State.Completed<>(value, info()), found.origin());
        } else {
            String text = "its result is refused: " + FutureReference.inResult(found.futures());
            preparedCall.skip(new State.Crashed<>(Failure.ofText("", text, ""), info()));
        }
    }

    private State<R> withoutValue(Throwable problem) {
        return problem instanceof CancellationException
                ? new State.Cancelled<>(false, info())
                : new State.Failed<>(Reason.EXCEPTION, Failure.of(problem), info());
    }

    private static Throwable unwrapped(Throwable problem) {
        Throwable inner = problem;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Cancelling a stage runs user code, for which the thread that ends the future must not wait. */
    private void onFutureEnded() {
        if (!ended && future().endType() == StateType.CANCELLED) {
            future().session()
                    .runCompletion(
                            future().key(), () -> stage.toCompletableFuture().cancel(true));
        }
    }

    private KeyedFuture<R> future() {
        return preparedCall.future();
    }

    private ExecutionInfo info() {
        return ExecutionInfo.neverRan(future().session().name());
    }

    /** A placeholder for the call of an adopted stage; it never runs. */
    private record NoCall<R extends @Nullable Object>() implements TaskCall<R> {
        @Override
        public R call() {
            throw new IllegalStateException("a key that follows a stage has no call");
        }
    }
}
