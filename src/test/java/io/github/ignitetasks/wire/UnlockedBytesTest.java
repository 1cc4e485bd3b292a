package io.github.ignitetasks.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The streams of bytes that objects are written to and read from. */
final class UnlockedBytesTest {
    @Test
    void bytesAreReadAsTheyWereWritten() throws IOException {
        UnlockedOutput out = new UnlockedOutput();
        for (int i = 0; i < 100; i++) {
            out.write(i);
            out.write(new byte[] {1, 2, 3, 4}, 1, 2);
        }
        out.write(-1);
        UnlockedInput in = new UnlockedInput(out.toByteArray());

        for (int i = 0; i < 100; i++) {
            assertThat(in.read()).isEqualTo(i);
            assertThat(in.readNBytes(2)).containsExactly(2, 3);
        }
        assertThat(in.read()).isEqualTo(0xFF);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void readingMoreThanThereIsGivesWhatThereIs() throws IOException {
        UnlockedInput in = new UnlockedInput(new byte[] {1, 2, 3});
        byte[] target = new byte[5];

        assertThat(in.read(target, 1, 4)).isEqualTo(3);
        assertThat(target).containsExactly(0, 1, 2, 3, 0);
        assertThat(in.read(target, 0, 5)).isEqualTo(-1);
        assertThat(in.read(target, 0, 0)).isLessThanOrEqualTo(0);
    }
}
