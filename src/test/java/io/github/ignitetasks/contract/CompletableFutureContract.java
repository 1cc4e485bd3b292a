package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.support.Gate;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Contract of futures as {@code CompletableFuture}s of the JDK. */
interface CompletableFutureContract extends Contract {

    @Test
    default void completableFutureOfACompletedTaskGivesItsResult() throws Exception {
        CompletableFuture<Integer> result = ended(1).toCompletableFuture();

        assertThat(result.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).isEqualTo(1);
    }

    @Test
    default void completableFutureOfAFailedTaskThrowsThatItDidNotComplete() {
        CompletableFuture<Integer> result = failing().toCompletableFuture();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> result.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .havingCause()
                .isInstanceOf(NotCompletedException.class)
                .havingCause()
                .isInstanceOf(FailureContract.OwnException.class);
    }

    @Test
    default void completableFutureOfATaskThatIsNotReadyThrowsThatItDidNotComplete() {
        TaskFuture<Integer> upstream = failing();
        CompletableFuture<Integer> result =
                session().submit(key("dependent"), () -> upstream.result() + 1).toCompletableFuture();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> result.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .havingCause()
                .isInstanceOf(NotCompletedException.class)
                .withMessageContaining(upstream.key());
    }

    @Test
    default void completableFutureOfACancelledTaskIsCancelled() throws InterruptedException {
        Gate never = gate();
        TaskFuture<Integer> future = running(session(), key("cancelled"), () -> {
            never.pass();
            return 1;
        });
        CompletableFuture<Integer> result = future.toCompletableFuture();

        future.cancel();

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> result.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .withStackTraceContaining(future.key()); // newer JDKs name the key in the cause
    }

    @Test
    default void cancellingTheCompletableFutureCancelsTheTask() throws InterruptedException {
        Gate never = gate();
        TaskFuture<Integer> future = running(session(), key("cancelled-by-its-stage"), () -> {
            never.pass();
            return 1;
        });

        future.toCompletableFuture().cancel(true);

        assertThat(end(future).type()).isEqualTo(StateType.CANCELLED);
    }

    @Test
    default void cancellingTheCompletableFutureOfWhatHasEndedChangesNothing() {
        TaskFuture<Integer> future = ended(1);

        future.toCompletableFuture().cancel(true);

        assertThat(end(future).result()).isEqualTo(1);
    }

    private TaskFuture<Integer> ended(int result) {
        TaskFuture<Integer> future = session().submit(key("ended"), () -> result);
        end(future);
        return future;
    }

    private TaskFuture<Integer> failing() {
        return session().submit(key("failing"), () -> {
            throw new FailureContract.OwnException("no such page");
        });
    }
}
