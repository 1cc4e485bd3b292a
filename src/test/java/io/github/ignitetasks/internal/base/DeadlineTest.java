package io.github.ignitetasks.internal.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeadlineTest {

    @Test
    void deadlineOfNoTimeHasPassed() {
        Deadline deadline = Deadline.in(Duration.ZERO);

        assertThat(deadline.hasPassed()).isTrue();
        assertThat(deadline.left()).isZero();
    }

    @Test
    void deadlineInTheFutureHasTimeLeft() {
        Deadline deadline = Deadline.in(Duration.ofDays(1));

        assertThat(deadline.hasPassed()).isFalse();
        assertThat(deadline.left()).isBetween(Duration.ofHours(23), Duration.ofDays(1));
    }

    @Test
    void deadlineThatNoClockCanTellIsCenturiesAway() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(deadline.hasPassed()).isFalse();
        assertThat(deadline.left()).isGreaterThan(Duration.ofDays(100_000));
    }
}
