package io.github.ignitetasks.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.Serializable;
import java.rmi.MarshalledObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PayloadFilterTest {
    private static final ClassLoader LOADER = PayloadFilterTest.class.getClassLoader();

    @Test
    void classThatIsDeniedIsRefusedNamingIt() throws IOException {
        assertRefused(List.of(new MarshalledObject<>("anything")), "class java.rmi.MarshalledObject, which is denied");
    }

    @Test
    void setsThatHoldEachOtherAreRefusedInsteadOfHashedForEver() throws IOException {
        Set<Object> bomb = new HashSet<>();
        Set<Object> one = bomb;
        Set<Object> other = new HashSet<>();
        for (int level = 0; level < 30; level++) {
            Set<Object> nextOne = new HashSet<>();
            Set<Object> nextOther = new HashSet<>();
            nextOne.add("makes it unlike the other");
            // filled from the outside in, so that nothing is hashed here
            one.add(new Later(nextOne));
            one.add(new Later(nextOther));
            other.add(new Later(nextOne));
            other.add(new Later(nextOther));
            one = nextOne;
            other = nextOther;
        }
        assertRefused(bomb, "hashed collections nested deeper than 20");
    }

    @Test
    void objectsNestedTooDeepAreRefused() throws IOException {
        Link chain = new Link(null);
        for (int i = 0; i < 500; i++) {
            chain = new Link(chain);
        }
        assertRefused(chain, "objects nested deeper than 500");
    }

    @Test
    void arrayThatIsLargerThanItsBytesIsRefused() throws IOException {
        byte[] bytes = ObjectWriter.write(new long[4]).bytes();
        bytes[bytes.length - 4 * Long.BYTES - 4] = 0x7F; // the length's first byte

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

    private static void assertRefused(Object object, String reason) throws IOException {
        byte[] bytes = ObjectWriter.write(object).bytes();

        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.read(bytes, LOADER))
                .withMessage("refused to read " + reason
                        + (reason.endsWith("denied")
                                ? "; system property " + PayloadFilter.PROPERTY + " can allow it"
                                : ""));
    }

    /** Has the hash of any object until it is written as what it holds. */
    private record Later(Set<Object> set) implements Serializable {
        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        private Object writeReplace() {
            return set;
        }
    }

    @SuppressWarnings("UnusedVariable") // it is there to be written
    private record Link(@Nullable Link next) implements Serializable {}
}
