package io.github.ignitetasks.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TableTest {

    @Test
    void columnsAreAlignedAndThoseOfNumbersToTheRight() {
        Table table = new Table("NAME", "NUMBER", "SIZE", "LAST");
        table.add("a", "7", "64 MiB", "x");
        table.add("longer", "-", "512 bytes", "y z");

        assertThat(table.toString().lines())
                .containsExactly(
                        "NAME    NUMBER       SIZE  LAST", //
                        "a            7     64 MiB  x",
                        "longer       -  512 bytes  y z");
    }

    @Test
    void characterBeyondTheBasicPlaneCountsAsOne() {
        Table table = new Table("A", "B");
        table.add("\uD83D\uDE00x", "1");
        table.add("ab", "2");

        assertThat(table.toString().lines()).containsExactly("A   B", "\uD83D\uDE00x  1", "ab  2");
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Table("A", "B").add("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row must have 2 cells, but has 1; add one for each column");
    }
}
