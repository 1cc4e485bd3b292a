package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class AdaptiveScalingSettingsTest {

    @Test
    void defaultsAreThoseOfDask() {
        AdaptiveScaling scaling = AdaptiveScaling.between(1, 4);

        assertThat(scaling.minimum()).isEqualTo(1);
        assertThat(scaling.maximum()).isEqualTo(4);
        assertThat(scaling.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(scaling.targetDuration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(scaling.waitCount()).isEqualTo(3);
    }

    static Stream<AdaptiveScaling> differentSettings() {
        AdaptiveScaling standard = AdaptiveScaling.between(1, 4);
        return Stream.of(
                standard,
                AdaptiveScaling.between(2, 4),
                AdaptiveScaling.between(1, 5),
                standard.withInterval(Duration.ofMillis(100)),
                standard.withTargetDuration(Duration.ofMinutes(1)),
                standard.withWaitCount(7));
    }

    @ParameterizedTest
    @MethodSource("differentSettings")
    void settingsAreEqualIfEachOfThemIs(AdaptiveScaling settings) {
        AdaptiveScaling same = AdaptiveScaling.between(settings.minimum(), settings.maximum())
                .withInterval(settings.interval())
                .withTargetDuration(settings.targetDuration())
                .withWaitCount(settings.waitCount());

        assertThat(same).isEqualTo(settings).hasSameHashCodeAs(settings).hasToString(settings.toString());
        assertThat(differentSettings().filter(settings::equals)).hasSize(1);
        assertThat(differentSettings().map(Object::toString).filter(settings.toString()::equals))
                .hasSize(1);
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
                .isThrownBy(() -> AdaptiveScaling.between(minimum, maximum)
                        .withInterval(interval)
                        .withTargetDuration(targetDuration)
                        .withWaitCount(waitCount))
                .withMessage(message);
    }
}
