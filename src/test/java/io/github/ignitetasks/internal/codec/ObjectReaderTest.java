package io.github.ignitetasks.internal.codec;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.support.ChildJvm;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamConstants;
import java.io.Serial;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that a reader of many payloads carries nothing over from one payload to the next. */
final class ObjectReaderTest {
    private static final ClassLoader LOADER = ObjectReaderTest.class.getClassLoader();

    @AfterEach
    void clearFilter() {
        System.clearProperty(DeniedClasses.PROPERTY);
    }

    @Test
    void bytesCannotReferToWhatWasReadBefore() throws Exception {
        assertThat(ObjectReader.<List<String>>read(written(List.of("secret")), LOADER))
                .containsExactly("secret");
        byte[] referring = {WireFormat.OBJECTS, ObjectStreamConstants.TC_REFERENCE, 0x00, 0x7E, 0x00, 0x00};
        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(() -> ObjectReader.read(referring, LOADER))
                .withMessageContaining("invalid handle value");
    }

    @Test
    void whatIsLeftOfBytesIsNotReadWithTheNext() throws Exception {
        byte[] whole = written(new Sum(1, 2));
        byte[] longer = new byte[whole.length + 7];
        System.arraycopy(whole, 0, longer, 0, whole.length);
        for (int i = whole.length; i < longer.length; i++) {
            longer[i] = ObjectStreamConstants.TC_NULL;
        }
        for (int i = 0; i < 3; i++) {
            assertThat(ObjectReader.<Sum>read(longer, LOADER)).isEqualTo(new Sum(1, 2));
            assertThat(ObjectReader.<Sum>read(written(new Sum(3, i)), LOADER)).isEqualTo(new Sum(3, i));
        }
    }

    @Test
    void whatAReadObjectMethodLeavesIsNotReadWithTheNext() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(ObjectReader.<Careless>read(written(new Careless(i)), LOADER).number)
                    .isEqualTo(i);
            assertThat(ObjectReader.<Sum>read(written(new Sum(i, i)), LOADER)).isEqualTo(new Sum(i, i));
        }
    }

    @Test
    void bytesThatCannotBeReadSpoilNothing() throws Exception {
        byte[] whole = written(new Sum(1, 2));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> ObjectReader.read(cut, LOADER));
            assertThat(ObjectReader.<Sum>read(whole, LOADER)).isEqualTo(new Sum(1, 2));
        }
        assertThatIOException()
                .isThrownBy(() -> ObjectReader.read(written(new Careless(-1)), LOADER))
                .withMessage("reading it threw java.lang.IllegalStateException: below zero");
        assertThat(ObjectReader.<Sum>read(whole, LOADER)).isEqualTo(new Sum(1, 2));
    }

    @Test
    void filterThatCountsCountsEachPayload() throws Exception {
        System.setProperty(DeniedClasses.PROPERTY, "maxrefs=20;maxbytes=2000");
        for (int i = 0; i < 100; i++) {
            assertThat(ObjectReader.<Sum>read(written(new Sum(i, i)), LOADER)).isEqualTo(new Sum(i, i));
        }
        List<Sum> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            many.add(new Sum(i, i));
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ObjectReader.read(written(many), LOADER))
                .withMessageContaining("denied");
    }

    @Test
    void filterOfTheJvmThatCountsCountsEachPayload() {
        try (ChildJvm jvm = ChildJvm.start(List.of("-Djdk.serialFilter=maxrefs=20"), ReadManyMain.class, "30")) {
            assertThat(jvm.awaitLine("read ")).isEqualTo("100");
            assertThat(jvm.awaitLine("long ")).contains("refused", "serialization filter of this JVM");
            assertThat(jvm.awaitLine("last ")).isEqualTo("1");
        }
    }

    @Test
    void filterThatTheJvmIsGivenLaterIsHeeded() {
        try (ChildJvm jvm = ChildJvm.start(List.of(), ReadManyMain.class, "30")) {
            assertThat(jvm.awaitLine("read ")).isEqualTo("100");
            assertThat(jvm.awaitLine("long ")).isEqualTo("30");
            assertThat(jvm.awaitLine("last ")).contains("refused", "serialization filter of this JVM");
        }
    }

    @Test
    void whatWasReadIsNotHeld() throws Exception {
        WeakReference<Object> read = new WeakReference<>(ObjectReader.read(written(new Sum(1, 2)), LOADER));
        await().atMost(Deadlines.PATIENCE).until(() -> {
            System.gc();
            return read.get() == null;
        });
    }

    @Test
    void threadsReadAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int thread = t;
                readers.add(threads.submit(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        assertThat(ObjectReader.<Sum>read(written(new Sum(thread, i)), LOADER))
                                .isEqualTo(new Sum(thread, i));
                    }
                    return null;
                }));
            }
            for (Future<?> reader : readers) {
                reader.get(Deadlines.PATIENCE.toSeconds(), SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] written(Object object) throws IOException {
        return ObjectWriter.write(object).bytes();
    }

    private record Sum(int one, int other) implements Serializable {}

    /** An object that reads less than it wrote, closes its input, and throws if its number is negative. */
    private static final class Careless implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        private final int number;

        Careless(int number) {
            this.number = number;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.write(new byte[2_000]);
            out.writeObject(new byte[3]);
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            in.close();
            if (number < 0) {
                throw new IllegalStateException("below zero");
            }
        }
    }
}
