package io.github.ignitetasks.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.Deadlines;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BackpressureTest {
    @Test
    void asManyCallsFitAsThereIsRoomFor() {
        Backpressure room = new Backpressure(2, 100);

        assertThat(room.tryTake(1)).isTrue();
        assertThat(room.tryTake(1)).isTrue();
        assertThat(room.tryTake(1)).isFalse();
        room.giveBack(1);
        assertThat(room.tryTake(1)).isTrue();
    }

    @Test
    void asManyBytesFitAsThereIsRoomFor() {
        Backpressure room = new Backpressure(10, 100);

        assertThat(room.tryTake(60)).isTrue();
        assertThat(room.tryTake(41)).isFalse();
        assertThat(room.tryTake(40)).isTrue();
    }

    @Test
    void callThatIsLargerThanTheRoomFitsAlone() {
        Backpressure room = new Backpressure(10, 100);

        assertThat(room.tryTake(101)).isTrue();
        assertThat(room.tryTake(0)).isFalse();
        room.giveBack(101);
        assertThat(room.tryTake(0)).isTrue();
        assertThat(room.tryTake(101)).isFalse();
    }

    @Test
    void whoFindsNoRoomWaitsUntilThereIs() throws InterruptedException {
        Backpressure room = new Backpressure(1, 100);
        room.take(1);
        CountDownLatch taken = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                room.take(1);
                taken.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();

        assertThat(taken.await(Deadlines.GLIMPSE.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
        room.giveBack(1);
        assertThat(taken.await(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        waiting.join();
        assertThat(room.calls()).isEqualTo(1);
    }

    @Test
    void interruptEndsTheWaitAndTakesNothing() throws InterruptedException {
        Backpressure room = new Backpressure(1, 100);
        room.take(1);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> room.take(1));
        assertThat(room.calls()).isEqualTo(1);
    }
}
