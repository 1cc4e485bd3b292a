package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.internal.execution.Timer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WritePaceTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final Timer timer = new Timer("pace-test");
    private final AtomicBoolean busy = new AtomicBoolean(true);
    private final Semaphore writes = new Semaphore(0);

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void firstStateIsWrittenAtOnce() {
        assertThat(pace(LONG).mayWrite(1)).isTrue();
    }

    @Test
    void nodeWithAFreeSlotWritesAtOnce() {
        WritePace pace = pace(LONG);
        pace.onWrite();
        busy.set(false);

        assertThat(pace.mayWrite(1)).isTrue();
    }

    @Test
    void statesOfABusyNodeGatherAfterAWrite() {
        WritePace pace = pace(LONG);
        pace.onWrite();

        assertThat(pace.mayWrite(1)).isFalse();
        assertThat(pace.mayWrite(WritePace.ENOUGH - 1)).isFalse();
    }

    @Test
    void manyStatesAreWrittenAtOnce() {
        WritePace pace = pace(LONG);
        pace.onWrite();

        assertThat(pace.mayWrite(WritePace.ENOUGH)).isTrue();
    }

    @Test
    void gatheredStatesAreWrittenEvenIfNoOtherStateComes() throws InterruptedException {
        WritePace pace = pace(SHORT);
        do {
            pace.onWrite();
        } while (pace.mayWrite(1)); // again if this thread slept for longer than the pace

        assertThat(writes.tryAcquire(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .isTrue();
    }

    @Test
    void hurriedWriteIsDueAtOnce() {
        WritePace pace = pace(LONG);
        pace.onWrite();

        pace.hurry();

        assertThat(pace.mayWrite(1)).isTrue();
    }

    @Test
    void writeThatNoThreadCanStartIsTriedAgain() throws InterruptedException {
        AtomicBoolean full = new AtomicBoolean(true);
        WritePace pace = new WritePace(SHORT, busy::get, timer, () -> {
            if (full.getAndSet(false)) {
                throw new OutOfMemoryError("thrown on purpose");
            }
            writes.release();
        });
        do {
            pace.onWrite();
        } while (pace.mayWrite(1));

        assertThat(writes.tryAcquire(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .isTrue();
    }

    private WritePace pace(Duration pace) {
        return new WritePace(pace, busy::get, timer, writes::release);
    }
}
