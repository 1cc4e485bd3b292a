package io.github.ignitetasks.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.support.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class WatchdogTest {
    private static final long INTERVAL = 1_000;

    @Test
    void callIsDueAfterTheIntervalAndTwiceThatAndSoOn() {
        List<Long> due = new ArrayList<>();
        for (long age = 10; age <= 20 * INTERVAL; age += INTERVAL) { // one check per interval
            if (Watchdog.isDue(age, INTERVAL, INTERVAL)) {
                due.add(age / INTERVAL);
            }
        }

        assertThat(due).containsExactly(1L, 2L, 4L, 8L, 16L);
    }

    @Test
    void callIsDueOnceWhenALookComesLate() {
        assertThat(Watchdog.isDue(7 * INTERVAL, 6 * INTERVAL, INTERVAL)).isTrue();
        assertThat(Watchdog.isDue(7 * INTERVAL, INTERVAL, INTERVAL)).isFalse();
        assertThat(Watchdog.isDue(INTERVAL - 1, INTERVAL, INTERVAL)).isFalse();
    }

    @Test
    void reportNamesThePlaceTheNumberAndTheOldestKeys() {
        long now = System.nanoTime();
        List<PendingCalls.Call> calls = IntStream.range(0, 7)
                .mapToObj(number -> new PendingCalls.Call(
                        "key-" + number, now - Duration.ofMillis(number).toNanos()))
                .toList();
        try (CapturedLog log = CapturedLog.of(Watchdog.class);
                Timer timer = new Timer("watched")) {
            new Watchdog("watched", () -> List.of(new PendingCalls("stand", calls)), timer, Duration.ofMillis(20))
                    .start();

            Predicate<String> full = message -> message.startsWith("watched: 7 tasks stand: 'key-6' since ")
                    && message.contains(", 'key-2' since ")
                    && message.endsWith(" and 2 more");
            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .until(() -> log.messages().stream().anyMatch(full));
        }
    }
}
