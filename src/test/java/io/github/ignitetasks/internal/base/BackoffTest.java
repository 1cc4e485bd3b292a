package io.github.ignitetasks.internal.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(10), Duration.ofMillis(200));

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 20", "3, 40", "4, 80", "5, 160", "6, 200", "7, 200", "2147483647, 200"})
    void delayDoublesUpToTheCapGiveOrTakeAFifth(int failures, long millis) {
        assertThat(delaysAfter(failures))
                .allSatisfy(delay -> assertThat(delay)
                        .isBetween(Duration.ofNanos(millis * 800_000), Duration.ofNanos(millis * 1_200_000)));
    }

    @Test
    void delaysAfterTheSameFailureDiffer() {
        assertThat(delaysAfter(1)).anyMatch(delay -> delay.compareTo(BACKOFF.first()) < 0);
        assertThat(delaysAfter(1)).anyMatch(delay -> delay.compareTo(BACKOFF.first()) > 0);
    }

    @Test
    void delayBeforeAnyFailureIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BACKOFF.delayAfter(0))
                .withMessageContaining("but is 0");
    }

    @Test
    void delaysThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(1), Duration.ofMillis(1)))
                .withMessageContaining("PT0.001S");
    }

    /** Returns 60 delays, enough that some are shorter and some longer than without jitter. */
    private static List<Duration> delaysAfter(int failures) {
        return Stream.generate(() -> BACKOFF.delayAfter(failures)).limit(60).toList();
    }
}
