package io.github.ignitetasks.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConsoleFormatTest {

    @Test
    void textCannotForgeALineNorMoveTheCursorNorTurnTheLine() {
        assertThat(ConsoleFormat.text("a\nb\u001B[31m\u202Ec")).isEqualTo("a\\u000Ab\\u001B[31m\\u202Ec");
    }

    @Test
    void longTextIsCutAtACharacter() {
        assertThat(ConsoleFormat.text("ab\uD83D\uDE00cd", 3)).isEqualTo("ab\uD83D\uDE00...");
        assertThat(ConsoleFormat.text("abc", 3)).isEqualTo("abc");
    }

    @Test
    void linesAreIndentedAndEscaped() {
        assertThat(ConsoleFormat.lines("one\n\ttwo\u001B[0m").lines()).containsExactly("  one", "      two\\u001B[0m");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0.0s",
        "PT0.349S, 0.3s",
        "PT59.9S, 59.9s",
        "PT125S, 2m 05s",
        "PT3H2M59S, 3h 02m",
        "PT30H, 30h 00m"
    })
    void durationIsShort(Duration duration, String shown) {
        assertThat(ConsoleFormat.duration(duration)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"-1, -", "0, 0 bytes", "1023, 1023 bytes", "2048, 2 KiB", "268435456, 256 MiB"})
    void bytesHaveAUnit(long bytes, String shown) {
        assertThat(ConsoleFormat.bytes(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"-1, -", "0, 0%", "0.354, 35%"})
    void shareIsAPercentage(double share, String shown) {
        assertThat(ConsoleFormat.percent(share)).isEqualTo(shown);
    }
}
