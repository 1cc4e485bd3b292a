package io.github.ignitetasks.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.InvalidObjectException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageVersionTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 0xFFF})
    void messageOfALaterVersionIsRefusedNamingBothVersions(int version) {
        assertThatExceptionOfType(InvalidObjectException.class)
                .isThrownBy(() -> MessageVersion.readFirstLong("an exchange", in(-version)))
                .withMessageContaining("an exchange is of version " + version)
                .withMessageContaining("reads versions up to 1;");
        assertThatExceptionOfType(InvalidObjectException.class)
                .isThrownBy(() -> MessageVersion.readFirstInt("a reply", in(-version)))
                .withMessageContaining("a reply is of version " + version)
                .withMessageContaining("reads versions up to 1;");
        assertThatIllegalStateException()
                .isThrownBy(() -> MessageVersion.check("a removal", version))
                .withMessageContaining("a removal is of version " + version)
                .withMessageContaining("reads versions up to 1;");
    }

    @Test
    void messageOfVersionOneBeginsWithAnIdOrAPositiveNumber() throws Exception {
        for (long first : new long[] {
            -1L << 12 | 0x4000, 0x7FFF_FFFF_FFFF_4FFFL, UUID.randomUUID().getMostSignificantBits()
        }) {
            assertThat(MessageVersion.readFirstLong("an exchange", in(first))).isEqualTo(first);
        }
        assertThat(MessageVersion.readFirstInt("a reply", in(5L << 32))).isEqualTo(5);
    }

    @Test
    void messageWithoutAVersionIsOfVersionOne() {
        assertThatNoException().isThrownBy(() -> MessageVersion.check("a removal", 0));
        assertThatNoException().isThrownBy(() -> MessageVersion.check("a removal", MessageVersion.current()));
    }

    private static DataInputStream in(long first) {
        return new DataInputStream(new ByteArrayInputStream(
                ByteBuffer.allocate(Long.BYTES).putLong(first).array()));
    }
}
