package io.github.ignitetasks.internal.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainTextTest {
    private static final char HIGH = 0xD83D;
    private static final char LOW = 0xDE00;

    @ParameterizedTest
    @ValueSource(strings = {"key", "a b", "größe", "日本", "tab-free", "a{b}'c'"})
    void textIsItself(String text) {
        assertThat(PlainText.check("key", text)).isEqualTo(text);
        assertThat(PlainText.inOneLine(text)).isEqualTo(text);
    }

    @Test
    void pairOfSurrogatesIsACharacter() {
        String smile = "a" + HIGH + LOW + "b";
        assertThat(PlainText.check("key", smile)).isEqualTo(smile);
        assertThat(PlainText.inOneLine(smile)).isEqualTo(smile);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, '\n', '\r', '\t', 0x1B, 0x7F, 0x85, 0x2028, 0x2029, HIGH, LOW})
    void otherCharacterIsRefusedAndShownByItsNumber(int character) {
        String number = String.format("%04X", character);
        for (String text :
                new String[] {"a" + (char) character, (char) character + "a", "a" + (char) character + "b"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PlainText.check("key", text))
                    .withMessageStartingWith("key cannot have U+" + number + " at index " + text.indexOf(character))
                    .withMessageEndingWith("it is '" + PlainText.inOneLine(text) + "'");
            assertThat(PlainText.inOneLine(text)).contains("\\u" + number).hasSize(text.length() + 5);
        }
    }
}
