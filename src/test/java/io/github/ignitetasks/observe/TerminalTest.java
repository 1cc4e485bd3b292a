package io.github.ignitetasks.observe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    @Test
    void terminalWithATypeCanRedraw() {
        Terminal terminal = Terminal.of(Map.of("TERM", "xterm-256color"), true, UTF_8);

        assertThat(terminal).isEqualTo(new Terminal(true, 80, true, true, UTF_8));
    }

    @Test
    void whatIsNoTerminalCannotRedraw() {
        assertThat(Terminal.of(Map.of("TERM", "xterm"), false, UTF_8).canRedraw())
                .isFalse();
    }

    @Test
    void dumbTerminalCannotRedraw() {
        assertThat(Terminal.of(Map.of("TERM", "dumb"), true, UTF_8).canRedraw()).isFalse();
    }

    @Test
    void terminalWithoutATypeCanRedrawOnlyOnWindowsTerminal() {
        assertThat(Terminal.of(Map.of(), true, UTF_8).canRedraw()).isFalse();
        assertThat(Terminal.of(Map.of("WT_SESSION", "1"), true, UTF_8).canRedraw())
                .isTrue();
    }

    @Test
    void terminalOfACiServerCannotRedraw() {
        assertThat(Terminal.of(Map.of("TERM", "xterm", "CI", "true"), true, UTF_8)
                        .canRedraw())
                .isFalse();
    }

    @Test
    void columnsAreTheWidthIfTheyAreANumber() {
        assertThat(Terminal.of(Map.of("COLUMNS", "132"), true, UTF_8).width()).isEqualTo(132);
        assertThat(Terminal.of(Map.of("COLUMNS", "wide"), true, UTF_8).width()).isEqualTo(80);
        assertThat(Terminal.of(Map.of("COLUMNS", "0"), true, UTF_8).width()).isEqualTo(80);
    }

    @Test
    void charsetWithoutTheCharactersOfTheBarHasNoUnicode() {
        assertThat(Terminal.of(Map.of(), true, US_ASCII).unicode()).isFalse();
        assertThat(Terminal.of(Map.of(), true, ISO_8859_1).unicode()).isFalse();
    }

    @Test
    void variableNoColorForbidsColours() {
        assertThat(Terminal.of(Map.of("NO_COLOR", "1"), true, UTF_8).colours()).isFalse();
        assertThat(Terminal.of(Map.of("NO_COLOR", ""), true, UTF_8).colours()).isTrue();
    }

    @Test
    void standardErrorOfTestsIsNoTerminal() {
        assertThat(Terminal.ofThisProcess().canRedraw()).isFalse();
    }
}
