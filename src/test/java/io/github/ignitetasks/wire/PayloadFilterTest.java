package io.github.ignitetasks.wire;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.Serializable;
import java.rmi.MarshalledObject;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    void classThatTheSystemPropertyAllowsIsReadAlthoughItIsOnTheList() throws IOException {
        byte[] bytes = ObjectWriter.write(new MarshalledObject<>("anything")).bytes();

        withProperty(
                "java.rmi.MarshalledObject",
                () -> assertThatCode(() -> ObjectReader.read(bytes, LOADER)).doesNotThrowAnyException());
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
        System.setProperty(PayloadFilter.PROPERTY, pattern);
        try {
            test.run();
        } finally {
            System.clearProperty(PayloadFilter.PROPERTY);
        }
    }

    @Test
    void setsThatHoldEachOtherInManyLevelsAreRefusedInsteadOfHashedForEver() throws IOException {
        assertRefused(bomb(30, PayloadFilterTest::set), "hashed collections nested deeper than 20");
    }

    static Stream<Function<List<Object>, Object>> collections() {
        return Stream.of(
                PayloadFilterTest::set,
                LinkedHashSet::new,
                elements -> Set.of(elements.toArray()),
                List::copyOf,
                elements -> Collections.unmodifiableSet(set(elements)),
                elements -> Map.copyOf(keys(elements)),
                elements -> new ConcurrentHashMap<>(keys(elements)),
                elements -> new AbstractMap.SimpleEntry<>(elements.get(0), new ArrayList<>(elements)));
    }

    @ParameterizedTest
    @MethodSource("collections")
    void collectionsThatHoldEachOtherAreRefusedInsteadOfHashedForEver(Function<List<Object>, Object> collection)
            throws IOException {
        byte[] bytes = ObjectWriter.write(set(List.of(new Later(bomb(15, collection)))))
                .bytes();

        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.read(bytes, LOADER))
                .withMessageStartingWith("refused to read collections that hold each other so often");
    }

    /** Returns a collection of collections whose hash takes four times as long with each level. */
    private static Object bomb(int levels, Function<List<Object>, Object> collection) {
        List<Object> inner = List.of();
        for (int level = 0; level < levels; level++) {
            List<Object> of = inner;
            inner = Stream.of("a", "b", "c", "d")
                    .map(unlikeTheOthers -> Stream.concat(Stream.of(unlikeTheOthers), of.stream())
                            .toList())
                    .<Object>map(elements -> new Later(collection.apply(elements)))
                    .toList();
        }
        return ((Later) inner.get(0)).collection();
    }

    private static Set<Object> set(List<Object> elements) {
        return new HashSet<>(elements);
    }

    private static Map<Object, Object> keys(List<Object> elements) {
        return elements.stream().collect(toMap(element -> element, element -> "value"));
    }

    @Test
    void collectionThatIsHeldManyTimesPasses() throws Exception {
        List<Integer> shared = IntStream.range(0, 1_000).boxed().toList();
        List<List<Integer>> holders = new ArrayList<>(Collections.nCopies(1_000, shared));

        List<?> read = ObjectReader.read(ObjectWriter.write(holders).bytes(), LOADER);

        assertThat(read).isEqualTo(holders);
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

    /** Checks that an object is refused as a record and as a call. */
    private static void assertRefused(Object object, String reason) throws IOException {
        String message = "refused to read " + reason
                + (reason.endsWith("denied") ? "; system property " + PayloadFilter.PROPERTY + " can allow it" : "");
        byte[] record = ObjectWriter.write(object).bytes();
        ObjectWriter.Written call = ObjectWriter.writeCall(object);

        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.read(record, LOADER))
                .withMessage(message);
        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.readCall(call.bytes(), call.definitions(), LOADER, future -> future))
                .withMessage(message);
    }

    /** Has the hash of any object until it is written as what it holds. */
    private record Later(Object collection) implements Serializable {
        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        private Object writeReplace() {
            return collection;
        }
    }

    @SuppressWarnings("UnusedVariable") // it is there to be written
    private record Link(@Nullable Link next) implements Serializable {}
}
