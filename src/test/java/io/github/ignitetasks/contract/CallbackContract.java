package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract of actions on futures: a user's action that blocks delays only other actions. */
interface CallbackContract extends Contract {

    @Test
    default void asCompletedYieldsWhileAnActionBlocks() throws Exception {
        try (Blocked blocked = blocked()) {
            List<TaskFuture<Integer>> late = blocked.late(3);

            Iterable<TaskFuture<Integer>> ends = TaskFutures.asCompleted(late, PATIENCE);
            Iterable<TaskFuture<List<Integer>>> endsOfAll =
                    TaskFutures.asCompleted(List.of(TaskFuture.all(late), TaskFuture.all(List.of())), PATIENCE);
            blocked.go().open();

            assertThat(ends).containsExactlyInAnyOrderElementsOf(late);
            assertThat(endsOfAll).hasSize(2);
        }
    }

    @Test
    default void completableFuturesCompleteWhileAnActionBlocks() throws Exception {
        try (Blocked blocked = blocked()) {
            List<TaskFuture<Integer>> late = blocked.late(3);

            CompletableFuture<Integer> one = late.get(0).toCompletableFuture().thenApply(result -> result + 10);
            CompletableFuture<List<Integer>> all = TaskFuture.all(late).toCompletableFuture();
            CompletableFuture<List<List<Integer>>> nested =
                    TaskFuture.all(List.of(TaskFuture.all(late))).toCompletableFuture();
            blocked.go().open();

            assertThat(one.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).isEqualTo(10);
            assertThat(all.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).containsExactly(0, 1, 2);
            assertThat(nested.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).containsExactly(List.of(0, 1, 2));
            assertThat(TaskFutures.waitAll(late, PATIENCE).notDone()).isEmpty();
        }
    }

    @Test
    default void stagesThatWaitForOtherFuturesDoNotHoldThemUp() throws Exception {
        Gate go = gateOpenIfSequential();
        TaskSession session = session();
        List<TaskFuture<Integer>> futures = IntStream.range(0, 20)
                .mapToObj(number -> session.submit(key("late"), () -> {
                    go.pass();
                    return number;
                }))
                .toList();
        CompletableFuture<List<Integer>> all = TaskFuture.all(futures).toCompletableFuture();
        List<CompletableFuture<Integer>> stages = futures.stream()
                .map(future -> future.toCompletableFuture()
                        .thenApply(result -> result
                                + all.join().size()
                                + futures.get(19).toCompletableFuture().join()))
                .toList();

        go.open();

        for (int i = 0; i < 20; i++) {
            assertThat(stages.get(i).get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                    .isEqualTo(i + 20 + 19);
        }
    }

    @Test
    default void actionMayWaitForOtherFutures() throws Exception {
        Gate go = gateOpenIfSequential();
        CompletableFuture<Integer> seen = new CompletableFuture<>();
        TaskSession session = session();
        TaskFuture<Integer> first = session.submit(key("first"), () -> {
            go.pass();
            return 1;
        });
        TaskFuture<Integer> second = session.submit(key("second"), () -> {
            go.pass();
            return 2;
        });
        TaskFuture<List<Integer>> both = TaskFuture.all(List.of(first, second));
        first.whenDone(state -> seen.complete(second.result(PATIENCE)
                + both.toCompletableFuture().join().get(1)
                + TaskFutures.asCompleted(List.of(both), PATIENCE)
                        .iterator()
                        .next()
                        .result()
                        .get(0)));

        go.open();

        assertThat(seen.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).isEqualTo(5);
    }

    /** Starts an action of the session that blocks. */
    private Blocked blocked() throws InterruptedException {
        Gate first = gateOpenIfSequential();
        TaskFuture<Integer> future = session().submit(key("first"), () -> {
            first.pass();
            return 1;
        });
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        attachAction(() -> future.whenDone(state -> block(inside, release)));
        first.open();
        end(future);
        inside.await();
        return new Blocked(this, gateOpenIfSequential(), release);
    }

    /** Attaches an action that blocks. It must not block the calling thread. */
    default void attachAction(Runnable attaching) {
        attaching.run();
    }

    private static void block(CountDownLatch inside, CountDownLatch release) {
        inside.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** An action of the session that blocks until this object is closed. It also submits calls that wait for a gate. */
    record Blocked(CallbackContract contract, Gate go, CountDownLatch action) implements AutoCloseable {
        List<TaskFuture<Integer>> late(int count) {
            Gate gate = go;
            return IntStream.range(0, count)
                    .mapToObj(number -> contract.session().submit(contract.key("late"), () -> {
                        gate.pass();
                        return number;
                    }))
                    .toList();
        }

        @Override
        public void close() {
            action.countDown();
        }
    }
}
