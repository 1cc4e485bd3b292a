package io.github.ignitetasks.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ReplacementDelaysTest {
    private static final Duration FIRST = Duration.ofMillis(250);

    private final AtomicLong now = new AtomicLong();
    private final ReplacementDelays delays = new ReplacementDelays(FIRST, now::get);

    @Test
    void delayDoublesUntilThereAreNoMoreAfterTheSixth() {
        assertThat(Stream.generate(this::replaced).limit(6).map(Duration::toMillis))
                .containsExactly(250L, 500L, 1_000L, 2_000L, 4_000L, 8_000L);

        assertThat(delays.next()).isEmpty();
    }

    @Test
    void deathAfterAMinuteOfCalmCountsAsTheFirst() {
        replaced();
        pass(Duration.ofSeconds(61));

        assertThat(replaced()).isEqualTo(FIRST);
    }

    @Test
    void deathWithinAMinuteOfTheLastReplacementCountsAsTheNext() {
        replaced();
        pass(Duration.ofSeconds(59));
        replaced();
        pass(Duration.ofSeconds(59));

        assertThat(replaced()).isEqualTo(FIRST.multipliedBy(4));
    }

    private Duration replaced() {
        Duration delay = delays.next().orElseThrow();
        delays.replacing();
        return delay;
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
