package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.RemoveState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.apache.ignite.lang.IgniteRunnable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that messages of a later version are refused by an exception that names both versions. */
final class LaterMessagesTest {
    private static final UUID ID = UUID.randomUUID();

    @Test
    void exchangeOfALaterVersionIsRefused() {
        checkRefused(() -> read(new Exchange()), "an exchange");
    }

    @Test
    void replyOfALaterVersionIsRefused() {
        checkRefused(() -> read(new Reply()), "a reply");
    }

    static Stream<CacheEntryProcessor<String, byte[], ?>> entryProcessors() {
        return Stream.of(new ClaimIfFree(ClaimRecord.of(ID, List.of())), new QueryKeyStatus(), RemoveState.any());
    }

    @ParameterizedTest
    @MethodSource("entryProcessors")
    void entryProcessorOfALaterVersionIsRefused(CacheEntryProcessor<String, byte[], ?> processor) {
        LaterMessages.ofVersion(processor, 2);

        assertThatIllegalStateException()
                .isThrownBy(() -> processor.process(new UnusedEntry()))
                .withMessageContaining("is of version 2 of the messages, and this library reads versions up to 1");
    }

    static Stream<IgniteRunnable> jobs() {
        return Stream.of(new RelinquishPartitions(Set.of(1)), new AcquirePartitions(), new CloseClientSession(ID));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void jobOfALaterVersionIsRefused(IgniteRunnable job) {
        LaterMessages.ofVersion(job, 2);

        assertThatIllegalStateException()
                .isThrownBy(job::run)
                .withMessageContaining("is of version 2 of the messages, and this library reads versions up to 1");
    }

    private static void checkRefused(ThrowingCallable reading, String message) {
        assertThatExceptionOfType(InvalidObjectException.class)
                .isThrownBy(reading)
                .withMessageContaining(
                        message + " is of version 2 of the messages, and this library reads versions up to 1");
    }

    private static void read(Externalizable message) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeLong(-2);
            out.writeUTF("what version 2 says");
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            message.readExternal(in);
        }
    }

    /** An entry that fails the test if it is used. */
    private static final class UnusedEntry implements MutableEntry<String, byte[]> {
        @Override
        public boolean exists() {
            throw new AssertionError("read");
        }

        @Override
        public void remove() {
            throw new AssertionError("removed");
        }

        @Override
        public void setValue(byte[] value) {
            throw new AssertionError("written");
        }

        @Override
        public String getKey() {
            throw new AssertionError("read");
        }

        @Override
        public byte[] getValue() {
            throw new AssertionError("read");
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new AssertionError("read");
        }
    }
}
