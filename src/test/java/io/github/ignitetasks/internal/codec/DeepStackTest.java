package io.github.ignitetasks.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class DeepStackTest {
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void workThatDoesNotEndHoldsUpNoOther() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> sleepers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread sleeper = new Thread(() -> sleep(begun, end));
            sleeper.start();
            sleepers.add(sleeper);
        }
        begun.await();

        assertThat(DeepStack.call(DeepStack::isCurrent)).isTrue();

        end.countDown();
        for (Thread sleeper : sleepers) {
            sleeper.join();
        }
    }

    private static void sleep(CountDownLatch begun, CountDownLatch end) {
        try {
            DeepStack.call(() -> {
                begun.countDown();
                end.await();
                return 0;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
