package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.GLIMPSE;
import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Contract of a session as an executor service: what the JDK says of executors and futures. */
interface ExecutorContract extends Contract {

    /** A callable whose lambdas can be carried. */
    interface Carried<T> extends Callable<T>, Serializable {}

    /** A runnable whose lambdas can be carried. */
    interface CarriedRunnable extends Runnable, Serializable {}

    private static <T> Callable<T> carried(Carried<T> callable) {
        return callable;
    }

    private static Callable<Integer> failing(String message) {
        return carried(() -> {
            throw new FailureContract.OwnException(message);
        });
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Test
    default void executorRunsCallablesAndRunnables() throws Exception {
        Tally runs = tally();
        ExecutorService executor = session().asExecutorService();
        CarriedRunnable count = runs::add;

        assertThat(get(executor.submit(carried(() -> 7)))).isEqualTo(7);
        assertThat(get(executor.submit(count, "counted"))).isEqualTo("counted");
        assertThat(get(executor.submit(count))).isNull();
        executor.execute(count);
        runs.await(3);
    }

    @Test
    default void futureOfAFailedTaskThrowsTheExceptionOfTheTask() {
        Future<Integer> future = session().asExecutorService().submit(failing("no such page"));

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(future))
                .havingCause()
                .isInstanceOf(FailureContract.OwnException.class)
                .withMessage("no such page");
        assertThat(future.isDone()).isTrue();
        assertThat(future.isCancelled()).isFalse();
        assertThat(future.cancel(true)).isFalse();
    }

    @Test
    default void cancelledFutureIsDoneAtOnce() {
        Gate gate = gateOpenIfSequential();
        Future<Integer> future = session().asExecutorService().submit(carried(() -> {
            gate.pass();
            return 7;
        }));

        assertThat(future.cancel(true)).isEqualTo(!isSequential());
        assertThat(future.isCancelled()).isEqualTo(!isSequential());
        assertThat(future.isDone()).isTrue();
        if (!isSequential()) {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
        }
        gate.open();
    }

    @Test
    default void getThrowsATimeoutExceptionAndAnInterruptedExceptionWhoseFlagIsCleared() throws Exception {
        Gate gate = gateOpenIfSequential();
        Future<Integer> future = session().asExecutorService().submit(carried(() -> {
            gate.pass();
            return 7;
        }));

        if (!isSequential()) {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> future.get(GLIMPSE.toNanos(), TimeUnit.NANOSECONDS));
        }
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(future::get);
        assertThat(Thread.interrupted()).isFalse();
        gate.open();

        assertThat(get(future)).isEqualTo(7);
    }

    @Test
    default void invokeAllWaitsForAllInTheirOrder() throws Exception {
        List<Future<Integer>> futures = session()
                .asExecutorService()
                .invokeAll(List.of(carried(() -> 1), failing("no such page"), carried(() -> 3)));

        assertThat(futures).hasSize(3).allMatch(Future::isDone);
        assertThat(get(futures.get(0))).isEqualTo(1);
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(futures.get(1)));
        assertThat(get(futures.get(2))).isEqualTo(3);
    }

    @Test
    default void invokeAllCancelsWhatIsLate() throws Exception {
        Gate gate = gateOpenIfSequential();

        List<Future<Integer>> futures = session()
                .asExecutorService()
                .invokeAll(
                        List.of(carried(() -> {
                            gate.pass();
                            return 1;
                        })),
                        GLIMPSE.toNanos(),
                        TimeUnit.NANOSECONDS);

        assertThat(futures).allMatch(Future::isDone).allMatch(future -> future.isCancelled() != isSequential());
        gate.open();
    }

    @Test
    default void invokeAnyReturnsTheFirstResultAndCancelsTheRest() throws Exception {
        Gate gate = gateOpenIfSequential();
        ExecutorService executor = session().asExecutorService();

        assertThat(executor.invokeAny(List.of(failing("no such page"), carried(() -> 7), carried(() -> {
                    gate.pass();
                    return 7;
                }))))
                .isEqualTo(7);
        gate.open();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> executor.invokeAny(List.of(failing("one"), failing("two"))))
                .havingCause()
                .isInstanceOf(FailureContract.OwnException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> executor.invokeAny(List.<Callable<Integer>>of()));
    }

    @Test
    default void executorThatWasShutDownRefusesTasksAndEndsWithTheLastOne() throws Exception {
        Gate gate = gateOpenIfSequential();
        ExecutorService executor = session().asExecutorService();
        Future<Integer> future = executor.submit(carried(() -> {
            gate.pass();
            return 7;
        }));

        executor.shutdown();

        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.awaitTermination(GLIMPSE.toNanos(), TimeUnit.NANOSECONDS))
                .isEqualTo(isSequential());
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> executor.submit(carried(() -> 1)))
                .withMessageContaining("shut down");
        gate.open();
        assertThat(executor.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(get(future)).isEqualTo(7);
        assertThat(session().submit(key("open"), () -> 1).result(PATIENCE)).isEqualTo(1);
    }

    @Test
    default void shutdownNowCancelsAllTasks() throws Exception {
        Gate gate = gateOpenIfSequential();
        ExecutorService executor = session().asExecutorService();
        Future<Integer> future = executor.submit(carried(() -> {
            gate.pass();
            return 7;
        }));

        assertThat(executor.shutdownNow()).isEmpty();

        assertThat(executor.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .isTrue();
        assertThat(future.isCancelled()).isEqualTo(!isSequential());
    }
}
