package io.github.ignitetasks.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that the list of well-known classes matches existing records on any JDK. */
final class WellKnownClassesTest {
    /** The offset of the flags in the stream of a descriptor, without the length of the class name. */
    private static final int FLAGS_AFTER_NAME = Short.BYTES + Short.BYTES + 1 + Short.BYTES + Long.BYTES;

    @Test
    void numbersAndDescriptorsAreThoseThatRecordsHaveBeenWrittenWith() throws IOException {
        List<String> here = IntStream.rangeClosed(1, WellKnownClasses.NAMES.size())
                .mapToObj(WellKnownClassesTest::describe)
                .toList();

        try (BufferedReader written = new BufferedReader(new InputStreamReader(
                requireNonNull(WellKnownClassesTest.class.getResourceAsStream("well-known-classes.txt")), UTF_8))) {
            assertThat(here).containsExactlyElementsOf(written.lines().toList());
        }
    }

    @Test
    void numbersFitIntoAByte() {
        assertThat(WellKnownClasses.NAMES).hasSizeLessThanOrEqualTo(Byte.MAX_VALUE);
    }

    @Test
    void classIsFoundByItsNumber() throws IOException {
        assertThat(WellKnownClasses.descriptor(WellKnownClasses.numberOf(Integer.class))
                        .forClass())
                .isEqualTo(Integer.class);
        assertThat(WellKnownClasses.numberOf(WellKnownClassesTest.class)).isZero();
    }

    @Test
    void numberThatIsNotListedIsRefusedAsOneOfANewerVersion() {
        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(() -> WellKnownClasses.descriptor(WellKnownClasses.NAMES.size() + 1))
                .withMessageContaining("class number " + (WellKnownClasses.NAMES.size() + 1))
                .withMessageContaining("newer version");
    }

    /** Returns the number, name, {@code serialVersionUID}, flags and fields of a class. */
    private static String describe(int number) {
        try {
            ObjectStreamClass descriptor = WellKnownClasses.descriptor(number);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ObjectOutputStream(bytes).writeObject(descriptor);
            StringBuilder text = new StringBuilder();
            text.append(number).append(' ').append(descriptor.getName());
            text.append(' ').append(descriptor.getSerialVersionUID());
            text.append(' ')
                    .append(bytes.toByteArray()[
                            FLAGS_AFTER_NAME + descriptor.getName().length()]);
            for (ObjectStreamField field : descriptor.getFields()) {
                text.append(' ').append(field.getName()).append(':');
                text.append(field.isPrimitive() ? String.valueOf(field.getTypeCode()) : field.getTypeString());
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
