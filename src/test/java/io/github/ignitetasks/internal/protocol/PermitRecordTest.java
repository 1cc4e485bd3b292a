package io.github.ignitetasks.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ignitetasks.internal.protocol.PermitRecord.Share;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class PermitRecordTest {
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    /** Where the record has the number of nodes, and the permits that the first node has. */
    private static final int NODES = 1;

    private static final int HELD = 1 + Integer.BYTES + 2 * Long.BYTES;

    private final PermitRecord record =
            PermitRecord.empty().with(TWO, new Share(1, 3)).with(ONE, new Share(2, 0));

    @Test
    void recordIsReadAsItWasWritten() {
        assertThat(PermitRecord.read(record.bytes())).isEqualTo(record);
        assertThat(PermitRecord.read(null)).isEqualTo(PermitRecord.empty());
    }

    @Test
    void shareOfNothingIsLeftOut() {
        assertThat(record.with(ONE, new Share(0, 0)).with(TWO, new Share(0, 0))).isEqualTo(PermitRecord.empty());
        assertThat(record.only(ONE::equals)).isEqualTo(PermitRecord.empty().with(ONE, new Share(2, 0)));
        assertThat(record.share(new UUID(3, 3))).isEqualTo(new Share(0, 0));
    }

    @Test
    void damageThatWouldMakePermitsSeemFreeIsRefused() {
        assertRefused(bytes -> bytes.putInt(NODES, -1));
        assertRefused(bytes -> bytes.putInt(NODES, 0));
        assertRefused(bytes -> bytes.putInt(NODES, 1));
        assertRefused(bytes -> bytes.putInt(NODES, 3));
        assertRefused(bytes -> bytes.putInt(NODES, Integer.MAX_VALUE));
        assertRefused(bytes -> bytes.putInt(HELD, -2));
        assertRefused(bytes -> bytes.putInt(HELD, 0));
        assertRefused(bytes -> bytes.putInt(HELD + Integer.BYTES, -1));
        assertRefused(bytes -> bytes.put(0, (byte) 'M'));
        assertRefused(bytes -> bytes.putLong(1 + Integer.BYTES, 9)); // not in order
        byte[] bytes = record.bytes();
        assertThatThrownBy(() -> PermitRecord.read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(UncheckedIOException.class);
    }

    private void assertRefused(Consumer<ByteBuffer> damage) {
        byte[] bytes = record.bytes();
        damage.accept(ByteBuffer.wrap(bytes));
        assertThatThrownBy(() -> PermitRecord.read(bytes)).isInstanceOf(UncheckedIOException.class);
    }
}
