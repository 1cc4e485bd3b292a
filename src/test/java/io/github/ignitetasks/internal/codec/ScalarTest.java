package io.github.ignitetasks.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests values that are written as one byte for the type and the value. */
final class ScalarTest {
    private static final ClassLoader LOADER = ScalarTest.class.getClassLoader();

    static Stream<@Nullable Object> values() {
        return Stream.of(
                null,
                true,
                false,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                -0.0,
                Double.NaN,
                "",
                "text",
                "\u00e4\u4e2d\ud83d\ude00",
                "half a pair: \ud83d",
                "\0".repeat(21_845),
                "\u4e2d".repeat(21_845),
                "\u4e2d".repeat(21_846),
                "a".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valueIsReadAsItWasWritten(@Nullable Object value) throws Exception {
        Object read = ObjectReader.read(written(value), LOADER);

        assertThat(read).isEqualTo(value);
    }

    @Test
    void shortValuesTakeFewBytes() throws IOException {
        assertThat(written(true)).hasSize(1);
        assertThat(written(7)).hasSize(1 + Integer.BYTES);
        assertThat(written("text")).hasSize(1 + Short.BYTES + 4);
    }

    @Test
    void valueThatEndsTooSoonIsRefused() throws IOException {
        byte[] bytes = written(7L);

        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> ObjectReader.read(Arrays.copyOf(bytes, 5), LOADER));
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> ObjectReader.read(new byte[0], LOADER));
    }

    @Test
    void bytesThatBeginLikeNothingAreRefusedAsOfANewerVersion() {
        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(() -> ObjectReader.read(new byte[] {99, 0}, LOADER))
                .withMessageContaining("begin with 99")
                .withMessageContaining("newer version");
    }

    private static byte[] written(@Nullable Object value) throws IOException {
        return ObjectWriter.write(value).bytes();
    }
}
