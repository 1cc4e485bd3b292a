package io.github.ignitetasks.internal.execution;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ElasticExecutorTest {
    private static final int MANY = 10_000;
    private static final int BLOCKED = 50;

    private final ElasticExecutor executor = new ElasticExecutor(new NamedThreads("elastic-test"));

    @Test
    void manyShortPiecesOfWorkTakeFewThreads() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(MANY);
        for (int i = 0; i < MANY; i++) {
            int number = i;
            executor.execute(() -> {
                threads.add(Thread.currentThread());
                seen.add(number);
                done.countDown();
            });
        }

        assertThat(done.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).isTrue();
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, MANY).boxed().toList());
        assertThat(threads).hasSizeLessThan(BLOCKED);
        executor.close();
    }

    @Test
    void workThatWaitsForWorkBehindItIsNotStuck() throws Exception {
        CountDownLatch last = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(BLOCKED);
        for (int i = 0; i < BLOCKED; i++) {
            executor.execute(() -> {
                try {
                    last.await();
                    done.countDown();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
        executor.execute(last::countDown);

        assertThat(done.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).isTrue();
        executor.close();
    }

    @Test
    void interruptThatWorkLeavesBehindIsNotThatOfTheNext() throws Exception {
        Queue<Boolean> flags = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(() -> Thread.currentThread().interrupt());
        executor.execute(() -> {
            flags.add(Thread.currentThread().isInterrupted());
            done.countDown();
        });

        assertThat(done.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).isTrue();
        assertThat(flags).containsExactly(false);
        executor.close();
    }

    @Test
    void closedItTakesNothingAndRunsWhatItHas() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(() -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        executor.execute(done::countDown);

        executor.close();

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(() -> {}));
        gate.countDown();
        assertThat(done.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).isTrue();
    }
}
