package io.github.ignitetasks.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BackpressureTest {
    @Test
    void asManyCallsFitAsThereIsRoomFor() {
        Backpressure backpressure = new Backpressure(2, 100);

        assertThat(backpressure.tryTake(1)).isTrue();
        assertThat(backpressure.tryTake(1)).isTrue();
        assertThat(backpressure.tryTake(1)).isFalse();
        backpressure.giveBack(1);
        assertThat(backpressure.tryTake(1)).isTrue();
    }

    @Test
    void asManyBytesFitAsThereIsRoomFor() {
        Backpressure backpressure = new Backpressure(10, 100);

        assertThat(backpressure.tryTake(60)).isTrue();
        assertThat(backpressure.tryTake(41)).isFalse();
        assertThat(backpressure.tryTake(40)).isTrue();
    }

    @Test
    void callThatIsLargerThanTheRoomFitsAlone() {
        Backpressure backpressure = new Backpressure(10, 100);

        assertThat(backpressure.tryTake(101)).isTrue();
        assertThat(backpressure.tryTake(0)).isFalse();
        backpressure.giveBack(101);
        assertThat(backpressure.tryTake(0)).isTrue();
        assertThat(backpressure.tryTake(101)).isFalse();
    }

    @Test
    void whoFindsNoRoomWaitsUntilThereIs() throws InterruptedException {
        Backpressure backpressure = new Backpressure(1, 100);
        backpressure.take(1);
        CountDownLatch taken = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                backpressure.take(1);
                taken.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();

        await().atMost(Deadlines.PATIENCE).until(() -> waiting.getState() == Thread.State.WAITING);
        assertThat(taken.getCount()).isEqualTo(1);
        backpressure.giveBack(1);
        assertThat(taken.await(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        waiting.join();
        assertThat(backpressure.calls()).isEqualTo(1);
    }

    @Test
    void interruptEndsTheWaitAndTakesNothing() throws InterruptedException {
        Backpressure backpressure = new Backpressure(1, 100);
        backpressure.take(1);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> backpressure.take(1));
        assertThat(backpressure.calls()).isEqualTo(1);
    }
}
