package io.github.ignitetasks.internal.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ElapsedTimeTest {
    @Test
    void shortTimeIsInSecondsAndALongOneInMinutes() {
        assertThat(ElapsedTime.text(Duration.ofMillis(3_240).toNanos())).isEqualTo("3.2 s");
        assertThat(ElapsedTime.text(0)).isEqualTo("0.0 s");
        assertThat(ElapsedTime.text(Duration.ofSeconds(3_725).toNanos())).isEqualTo("62 min 5 s");
    }
}
