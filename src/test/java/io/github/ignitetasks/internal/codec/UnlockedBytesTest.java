package io.github.ignitetasks.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Tests the byte streams to which objects are written and from which they are read. */
final class UnlockedBytesTest {
    @Test
    void bytesAreReadAsTheyWereWritten() throws IOException {
        UnlockedOutput out = new UnlockedOutput(1_000);
        for (int i = 0; i < 100; i++) {
            out.write(i);
            out.write(new byte[] {1, 2, 3, 4}, 1, 2);
        }
        out.write(-1);
        UnlockedInput in = input(out.toByteArray());

        for (int i = 0; i < 100; i++) {
            assertThat(in.read()).isEqualTo(i);
            assertThat(in.readNBytes(2)).containsExactly(2, 3);
        }
        assertThat(in.read()).isEqualTo(0xFF);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void readingMoreThanThereIsGivesWhatThereIs() throws IOException {
        UnlockedInput in = input(new byte[] {1, 2, 3});
        byte[] target = new byte[5];

        assertThat(in.read(target, 1, 4)).isEqualTo(3);
        assertThat(target).containsExactly(0, 1, 2, 3, 0);
        assertThat(in.read(target, 0, 5)).isEqualTo(-1);
        assertThat(in.read(target, 0, 0)).isLessThanOrEqualTo(0);
    }

    @Test
    void bytesUpToTheLimitAreKept() throws IOException {
        UnlockedOutput out = new UnlockedOutput(1_000);
        out.write(new byte[999]);
        out.write(1);

        out.checkComplete();
        assertThat(out.toByteArray()).hasSize(1_000);
    }

    @Test
    void bytesOverTheLimitAreRefusedIfThereIsRoomForThemToo() throws IOException {
        UnlockedOutput out = new UnlockedOutput(1_000);
        for (int i = 0; i < 11; i++) {
            out.write(new byte[100]);
        }

        assertThatIOException().isThrownBy(out::checkComplete).withMessageContaining("(1100 bytes)");
    }

    @Test
    void bytesOverTheLimitAreCountedAndNotKept() throws IOException {
        UnlockedOutput out = new UnlockedOutput(1 << 20);
        out.write(new byte[1 << 20]);
        out.write(1);
        out.write(new byte[(1 << 20) - 1]);

        assertThatIOException()
                .isThrownBy(out::checkComplete)
                .withMessageContaining("2 MB (2097152 bytes)")
                .withMessageContaining("limit of 1 MB")
                .withMessageContaining("store it elsewhere");
        assertThat(out.toByteArray()).isEmpty();
    }

    private static UnlockedInput input(byte[] bytes) {
        UnlockedInput in = new UnlockedInput();
        in.take(bytes, 0);
        return in;
    }
}
