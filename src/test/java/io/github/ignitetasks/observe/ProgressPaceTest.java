package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProgressPaceTest {
    private final ProgressPace pace = new ProgressPace();

    private void at(double seconds, long total, long ended, long found) {
        pace.add(
                new ProgressNumbers(total, ended, found, 0, 0, 0, 0),
                Math.round(seconds * TimeUnit.SECONDS.toNanos(1)));
    }

    private String text() {
        return ProgressText.message(new ProgressNumbers(100, 0, 0, 0, 0, 0, 0), pace)
                .substring("0 of 100 tasks ended".length());
    }

    @Test
    void rateIsNotToldInTheFirstTwoSeconds() {
        at(0, 100, 0, 0);
        at(1.9, 100, 50, 0);

        assertThat(text()).isEmpty();
    }

    @Test
    void rateAndTimeLeftAreToldOnceTasksHaveEnded() {
        at(0, 100, 0, 0);
        at(2, 100, 20, 0);

        assertThat(text()).isEqualTo(", 10/s, 8 s left");
    }

    @Test
    void rateIsNotToldBeforeATaskHasEnded() {
        at(0, 100, 0, 0);
        at(60, 100, 0, 0);

        assertThat(text()).isEmpty();
    }

    @Test
    void timeLeftIsNotToldWhileTasksAreSubmitted() {
        at(0, 100, 0, 0);
        at(5, 110, 20, 0);
        assertThat(text()).isEqualTo(", 4.0/s");

        at(7, 110, 28, 0);
        assertThat(text()).isEqualTo(", 4.0/s, 21 s left");
    }

    @Test
    void timeLeftIsNotToldOfOneOrTwoTasks() {
        at(0, 100, 0, 0);
        at(10, 100, 2, 0);

        assertThat(text()).isEqualTo(", 12/min");
    }

    @Test
    void timeLeftIsNotToldOnceAllHaveEnded() {
        at(0, 100, 0, 0);
        at(10, 100, 100, 0);

        assertThat(text()).isEqualTo(", 10/s");
    }

    @Test
    void foundTasksDoNotCountForTheRate() {
        at(0, 100, 0, 0);
        at(10, 100, 60, 50);

        assertThat(text()).isEqualTo(", 1.0/s, 40 s left");
    }

    @Test
    void rateCoversTheLatestHalfMinute() {
        at(0, 9_000, 0, 0);
        at(1, 9_000, 6_000, 0);
        for (int second = 2; second <= 60; second++) {
            at(second, 9_000, 6_000 + second, 0);
        }

        assertThat(text()).isEqualTo(", 1.0/s, 49 min left");
    }

    @Test
    void rateOfLongTasksCoversMoreThanHalfAMinute() {
        for (int second = 0; second <= 3_600; second++) {
            at(second, 1_000, second / 600 * 2L, 0);
        }

        assertThat(text()).isEqualTo(", 12/h, 82 h 20 min left");
    }

    @Test
    void timeLeftOfDaysIsNotTold() {
        at(0, 1_000_000, 0, 0);
        at(10, 1_000_000, 3, 0);

        assertThat(text()).isEqualTo(", 18/min");
    }

    @Test
    void paceBeginsAnewWhenNumbersGetLess() {
        at(0, 100, 0, 0);
        at(10, 100, 50, 0);
        at(11, 50, 10, 0);
        assertThat(text()).isEmpty();

        at(13, 50, 16, 0);
        assertThat(text()).isEqualTo(", 3.0/s, 12 s left");
    }
}
