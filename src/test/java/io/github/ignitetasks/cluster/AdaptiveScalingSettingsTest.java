package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdaptiveScalingSettingsTest {

    @Test
    void defaultsAreThoseOfDask() {
        assertThat(AdaptiveScaling.between(1, 4))
                .isEqualTo(new AdaptiveScaling(1, 4, Duration.ofSeconds(1), Duration.ofSeconds(5), 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 4 | PT1S | PT5S | 3 | minimum must be 1 or more, but is 0",
                "3 | 2 | PT1S | PT5S | 3 | maximum must be at least minimum, which is 3, but is 2",
                "1 | 4 | PT0S | PT5S | 3 | interval must be positive, but is PT0S",
                "1 | 4 | PT1S | PT-5S | 3 | targetDuration must be positive, but is PT-5S",
                "1 | 4 | PT1S | PT5S | 0 | waitCount must be 1 or more, but is 0",
            })
    void settingOutOfItsRangeIsRefusedByItsName(
            int minimum, int maximum, Duration interval, Duration targetDuration, int waitCount, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdaptiveScaling(minimum, maximum, interval, targetDuration, waitCount))
                .withMessage(message);
    }
}
