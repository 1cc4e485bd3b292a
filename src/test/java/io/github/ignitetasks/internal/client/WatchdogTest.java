package io.github.ignitetasks.internal.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.session.LatestProgress;
import io.github.ignitetasks.support.CapturedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    void callThatTellsOfItsProgressIsReportedOnlyOnceItStopsAndWithWhatItToldLast() {
        AtomicReference<PendingCalls.Call> call = new AtomicReference<>();
        long start = System.nanoTime();
        TaskProgress progress = new TaskProgress(3, 10, "page 3", Instant.EPOCH);
        Duration interval = Duration.ofMillis(100);
        int looks = 5;
        AtomicInteger looked = new AtomicInteger();
        Supplier<List<PendingCalls>> calls = () -> {
            long told = looked.incrementAndGet() <= looks
                    ? System.nanoTime()
                    : requireNonNull(call.get()).lastSign();
            call.set(new PendingCalls.Call(
                    "far", start, Optional.of(new LatestProgress("node", 1, Optional.of(progress), told))));
            return List.of(new PendingCalls("stand", List.of(requireNonNull(call.get()))));
        };
        try (CapturedLog log = CapturedLog.of(Watchdog.class);
                Timer timer = new Timer("watched")) {
            new Watchdog("watched", calls, timer, interval).start();
            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .until(() -> !log.messages().isEmpty());

            assertThat(looked.get()).isGreaterThan(looks);
            assertThat(log.messages().get(0))
                    .startsWith("watched: 1 tasks stand: 'far' since ")
                    .contains("Z (3 of 10, page 3 at ")
                    .endsWith("Z)");
        }
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
