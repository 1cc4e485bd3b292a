package io.github.ignitetasks.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.Serializable;
import java.rmi.MarshalledObject;
import java.rmi.NoSuchObjectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.BadAttributeValueExpException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PayloadFilterTest {
    private static final ClassLoader LOADER = PayloadFilterTest.class.getClassLoader();

    @Test
    void classThatIsDeniedIsRefusedNamingIt() throws IOException {
        assertRefused(List.of(new MarshalledObject<>("anything")), "class java.rmi.MarshalledObject, which is denied");
    }

    @Test
    void classThatTheSystemPropertyDeniesIsRefused() throws IOException {
        byte[] bytes = ObjectWriter.write(new Link(null)).bytes();

        withProperty(
                "!" + Link.class.getName(),
                () -> assertThatExceptionOfType(InvalidClassException.class)
                        .isThrownBy(() -> ObjectReader.read(bytes, LOADER))
                        .withMessageContaining("class " + Link.class.getTypeName() + ", which is denied"));
    }

    @Test
    void classThatTheSystemPropertyAllowsIsWrittenAndReadAlthoughItIsOnTheList() throws IOException {
        MarshalledObject<String> object = new MarshalledObject<>("anything");

        withProperty(
                "java.rmi.MarshalledObject",
                () -> assertThatCode(() ->
                                ObjectReader.read(ObjectWriter.write(object).bytes(), LOADER))
                        .doesNotThrowAnyException());
    }

    @Test
    void exceptionOfADeniedPackageIsReadUnlessItRunsCode() throws Exception {
        Exception cause = ObjectReader.read(
                ObjectWriter.write(new NoSuchObjectException("gone")).bytes(), LOADER);

        assertThat(cause).isInstanceOf(NoSuchObjectException.class).hasMessage("gone");
        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectWriter.write(new BadAttributeValueExpException("value")))
                .withMessageStartingWith("refused to write class javax.management.BadAttributeValueExpException");
    }

    @Test
    void systemPropertyThatIsNoPatternIsNamed() throws IOException {
        byte[] bytes = ObjectWriter.write(new Link(null)).bytes();

        withProperty(
                "maxdepth=deep",
                () -> assertThatIOException()
                        .isThrownBy(() -> ObjectReader.read(bytes, LOADER))
                        .withMessageContaining("system property ignitetasks.serialFilter is 'maxdepth=deep'")
                        .withMessageContaining("no pattern of a serialization filter"));
    }

    private static void withProperty(String pattern, Runnable test) {
        System.setProperty(DeniedClasses.PROPERTY, pattern);
        try {
            test.run();
        } finally {
            System.clearProperty(DeniedClasses.PROPERTY);
        }
    }

    @Test
    void arrayThatIsLargerThanItsBytesIsRefused() throws IOException {
        byte[] bytes = ObjectWriter.write(new long[4]).bytes();
        bytes[bytes.length - 4 * Long.BYTES - 4] = 0x7F; // the first byte of the length

        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.read(bytes, LOADER))
                .withMessageContaining("elements in " + bytes.length + " bytes");
    }

    @Test
    void ordinaryCollectionsPass() throws Exception {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            map.put("key " + i, null);
        }
        map.put("list", new ArrayList<>(List.of(Set.of(1), Map.of("a", new int[1_000]))));

        Map<String, Object> read = ObjectReader.read(ObjectWriter.write(map).bytes(), LOADER);

        assertThat(read).hasSameSizeAs(map).containsKey("key 9999");
    }

    @Test
    void arraysThatAreTogetherLargerThanTheirBytesAreRefused() throws IOException {
        Object[] nested = {};
        for (int i = 0; i < 200; i++) {
            nested = new Object[] {nested, null, null, null};
        }
        byte[] bytes = ObjectWriter.write(nested).bytes();
        byte[] four = {0, 0, 0, 4};
        for (int i = 0; i + 4 <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + 4, four, 0, 4)) {
                bytes[i + 2] = 4; // each claims 1,028 elements
            }
        }

        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.read(bytes, LOADER))
                .withMessageContaining("elements in " + bytes.length + " bytes");
    }

    /** Checks that an object is refused as a record and as a call, when it is written and when it is read. */
    private static void assertRefused(Object object, String reason) throws IOException {
        String refused = reason + "; system property " + DeniedClasses.PROPERTY + " can allow it";
        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectWriter.write(object))
                .withMessage("refused to write " + refused);
        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectWriter.writeCall(object))
                .withMessage("refused to write " + refused);
        System.setProperty(DeniedClasses.PROPERTY, "*");
        byte[] record;
        ObjectWriter.Written call;
        try {
            record = ObjectWriter.write(object).bytes();
            call = ObjectWriter.writeCall(object);
        } finally {
            System.clearProperty(DeniedClasses.PROPERTY);
        }
        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.read(record, LOADER))
                .withMessage("refused to read " + refused);
        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.readCall(call.bytes(), call.definitions(), LOADER, future -> future))
                .withMessage("refused to read " + refused);
    }

    @SuppressWarnings("UnusedVariable") // serialization uses the field
    private record Link(@Nullable Link next) implements Serializable {}
}
