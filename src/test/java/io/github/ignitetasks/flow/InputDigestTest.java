package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class InputDigestTest {
    private static final UUID ID = new UUID(1, 2);

    record Point(int x, @Nullable Object y) {}

    record Other(int x, @Nullable Object y) {}

    /** Returns values that all differ, although some look alike. */
    static List<@Nullable Object> differing() {
        return Arrays.asList(
                null,
                "",
                "1",
                '1',
                1,
                1L,
                (short) 1,
                (byte) 1,
                1.0,
                1.0f,
                -0.0,
                0.0,
                true,
                new BigDecimal("1"),
                new BigDecimal("1.0"),
                ID,
                ID.toString(),
                URI.create("1"),
                LocalDate.EPOCH,
                Instant.EPOCH,
                Duration.ofSeconds(1),
                Period.ofDays(1),
                ZonedDateTime.parse("2026-11-28T03:00:00+01:00[Europe/Berlin]"),
                ZonedDateTime.parse("2026-11-28T02:00:00Z"),
                TimeUnit.DAYS,
                "DAYS",
                String.class,
                List.of(),
                List.of(1),
                List.of(List.of(1)),
                List.of(1, 2),
                List.of(2, 1),
                List.of("ab", "c"),
                List.of("a", "bc"),
                Set.of(),
                Set.of(1),
                Map.of(),
                Map.of(1, 2),
                Map.of(2, 1),
                Optional.empty(),
                Optional.of(1),
                new int[] {1},
                new long[] {1},
                new Integer[] {1},
                new Point(1, null),
                new Point(1, 2),
                new Other(1, 2));
    }

    @Test
    void differentInputsHaveDifferentDigests() {
        List<@Nullable Object> values = differing();

        assertThat(values.stream().map(value -> digest(value)).distinct()).hasSize(values.size());
        assertThat(InputDigest.of("name", "2", 1)).isNotEqualTo(digest(1));
        assertThat(InputDigest.of("other", "1", 1)).isNotEqualTo(digest(1));
    }

    static Stream<Arguments> equal() {
        TreeMap<String, Integer> ordered = new TreeMap<>(Map.of("a", 1, "b", 2));
        LinkedHashMap<String, Integer> reversed = new LinkedHashMap<>();
        reversed.put("b", 2);
        reversed.put("a", 1);
        HashSet<String> few = new HashSet<>(List.of("AaAa", "BBBB"));
        HashSet<String> many = new HashSet<>(10_000);
        many.addAll(List.of("BBBB", "AaAa"));
        return Stream.of(
                Arguments.of(ordered, reversed),
                Arguments.of(few, many),
                Arguments.of(few, new TreeSet<>(many)),
                Arguments.of(new ArrayList<>(List.of(1, 2)), List.of(1, 2)),
                Arguments.of(new Point(1, ordered), new Point(1, reversed)),
                Arguments.of(Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L)));
    }

    @ParameterizedTest
    @MethodSource("equal")
    void equalInputsHaveOneDigestWhateverTheirOrder(Object one, Object other) {
        assertThat(digest(one)).isEqualTo(digest(other));
    }

    @Test
    void digestIsTheSameInEveryJvm() {
        assertThat(digest(new Point(1, List.of("a", 2L, Map.of("k", Set.of(1, 2, 3))))))
                .isEqualTo("x8R6KdV8GsCEF1YRSLyN9LSHmYmEA1xizp2ZOgA3Ov4");
    }

    static List<Object> refused() {
        List<Object> round = new ArrayList<>();
        round.add(round);
        return List.of(new Object(), new AtomicInteger(1), new Point(1, new Thread()), List.of(new Object()), round);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void inputWithoutCanonicalFormIsRefused(Object input) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> digest(input))
                .withMessageContaining("task 'name' cannot be keyed by its input: it ")
                .withMessageContaining("use keyedBy(...)");
    }

    private static String digest(@Nullable Object input) {
        return InputDigest.of("name", "1", input);
    }
}
