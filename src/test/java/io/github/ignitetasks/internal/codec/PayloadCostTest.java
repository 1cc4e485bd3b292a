package io.github.ignitetasks.internal.codec;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamConstants;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that payloads of users pass, however deep and shared they are. Payloads that take too long to read are refused
 * when they are written and when they are read.
 */
@SuppressWarnings({
    "IdentityHashMapBoxing",
    "IdentityHashMapUsage",
    "JavaUtilDate",
    "JdkObsolete",
    "UnnecessaryStringBuilder",
    "UnusedVariable"
}) // the test writes and reads objects of all kinds
final class PayloadCostTest {
    private static final ClassLoader LOADER = PayloadCostTest.class.getClassLoader();
    private static final String REFUSED = "collections that hold each other so often that hashing them takes ";

    @AfterEach
    void clearLimits() {
        System.clearProperty(PayloadLimits.DEPTH);
        System.clearProperty(PayloadLimits.HASHING_STEPS);
    }

    @Test
    void documentThatIsDeepPasses() throws Exception {
        Map<String, Object> read = copy(document(5_000));

        int levels = 0;
        for (Object node = read; node != null; node = ((Map<?, ?>) node).get("child")) {
            levels++;
        }
        assertThat(levels).isEqualTo(5_000);
    }

    private static Map<String, Object> document(int levels) {
        Map<String, Object> node = new HashMap<>(Map.of("value", 1));
        for (int i = 1; i < levels; i++) {
            node = new HashMap<>(Map.of("child", node, "name", "level " + i));
        }
        return node;
    }

    @Test
    void linkedListOfUsersPasses() throws Exception {
        Link chain = new Link(null);
        for (int i = 1; i < 19_000; i++) {
            chain = new Link(chain);
        }

        Link read = copy(chain);

        int length = 0;
        for (Link link = read; link != null; link = link.next()) {
            length++;
        }
        assertThat(length).isEqualTo(19_000);
    }

    @Test
    void treeOfListsPasses() throws Exception {
        List<Object> tree = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            tree = new ArrayList<>(List.of("operator", tree, i));
        }

        assertThat(PayloadCostTest.<List<Object>>copy(tree)).hasSize(3);
    }

    @Test
    void copiesOfOneElementPass() throws Exception {
        List<String> read = copy(Collections.nCopies(1_000_000, "open"));

        assertThat(read).hasSize(1_000_000);
        List<List<String>> many = copy(new ArrayList<>(Collections.nCopies(100, Collections.nCopies(5_000, "x"))));
        assertThat(many.get(99)).hasSize(5_000);
    }

    @Test
    void listThatIsTheValueOfManyKeysPasses() throws Exception {
        List<Integer> rights = new ArrayList<>(Collections.nCopies(20_000, 7));
        Map<Integer, List<Integer>> byUser = new HashMap<>();
        for (int user = 0; user < 20_000; user++) {
            byUser.put(user, rights);
        }

        Map<Integer, List<Integer>> read = copy(byUser);

        assertThat(read).hasSize(20_000);
        assertThat(read.get(0)).isSameAs(read.get(19_999)).hasSize(20_000);
    }

    @Test
    void sharedValuesThatNobodyHashesPass() throws Exception {
        List<Object> shared = List.of("a");
        for (int i = 0; i < 100; i++) {
            shared = Arrays.asList(shared, shared);
        }
        List<Object> value = shared;

        Map<String, Object> read = copy(new HashMap<>(Map.of("value", value)));

        assertThat(read).containsOnlyKeys("value");
    }

    @Test
    void peopleWhoKnowEachOtherPass() throws Exception {
        List<Person> people = IntStream.range(0, 300).mapToObj(Person::new).toList();
        for (Person person : people) {
            for (int i = 1; i < 20; i++) {
                person.friends.add(people.get((person.id * 7 + i * i) % people.size()));
            }
        }

        List<Person> read = copy(people);

        assertThat(read).hasSize(300);
    }

    @Test
    void modulesThatNeedEachOtherPass() throws Exception {
        List<Module> modules = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            modules.add(new Module("module " + i, List.copyOf(modules.subList(Math.max(0, i - 3), i))));
        }

        assertThat(PayloadCostTest.<List<Module>>copy(modules)).hasSize(60);
    }

    @Test
    void listOfNumbersThatIsHashedManyTimesIsRefused() throws IOException {
        Supplier<Object> set = () -> {
            BigInteger number = BigInteger.ONE.shiftLeft(4_000_000);
            List<Object> row = new ArrayList<>(Collections.nCopies(1_000, number));
            return set(
                    IntStream.range(0, 10).<Object>mapToObj(i -> new Later(row)).toList());
        };

        assertRefused(set);
    }

    @Test
    void collectionsOfTheJdkThatHoldEachOtherInACircleAreRefused() throws IOException {
        Supplier<Object> set = () -> {
            Hashtable<Object, Object> table = new Hashtable<>();
            List<Object> top = List.of(table, "text");
            for (int i = 0; i < 40; i++) {
                top = new ArrayList<>(Arrays.asList(top, top, table));
            }
            table.put("top", top);
            return set(List.of(new Later(top)));
        };

        assertRefused(set);
    }

    @Test
    void classOfManySuperclassesIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(WireFormat.OBJECTS);
        bytes.write(ObjectStreamConstants.TC_OBJECT);
        for (int i = 0; i < 1_000; i++) {
            bytes.write(ObjectStreamConstants.TC_CLASSDESC);
            bytes.write(WellKnownClasses.numberOf(HashSet.class));
            bytes.write(ObjectStreamConstants.TC_ENDBLOCKDATA);
        }

        assertThatIOException()
                .isThrownBy(
                        () -> new PayloadParser(bytes.toByteArray(), 1, new WrittenClasses(List.of(), LOADER), Map.of())
                                .parse())
                .withMessage("a class has more than 64 superclasses");
    }

    static Stream<Function<List<Object>, Object>> collections() {
        return Stream.of(
                PayloadCostTest::set,
                LinkedHashSet::new,
                elements -> Set.of(elements.toArray()),
                List::copyOf,
                elements -> Arrays.asList(elements.toArray()),
                LinkedList::new,
                CopyOnWriteArrayList::new,
                elements -> Collections.unmodifiableSet(set(elements)),
                elements -> Collections.synchronizedSet(set(elements)),
                elements -> Map.copyOf(keys(elements)),
                elements -> new ConcurrentHashMap<>(keys(elements)),
                elements -> new Hashtable<>(keys(elements)),
                elements -> new LinkedHashMap<>(keys(elements)),
                elements -> new AbstractMap.SimpleEntry<>(elements.get(0), new ArrayList<>(elements)),
                elements -> new Pair(elements.get(0), new ArrayList<>(elements)),
                elements -> new Four(elements.toArray()));
    }

    @ParameterizedTest
    @MethodSource("collections")
    void collectionsThatHoldEachOtherAreRefusedInsteadOfHashedForEver(Function<List<Object>, Object> collection)
            throws IOException {
        assertRefused(() -> set(List.of(new Later(bomb(30, collection)))));
        assertRefused(() -> keys(List.of(new Later(bomb(16, collection)))));
        assertRefused(() -> new Hashing(List.of(new Later(bomb(16, collection)))));
    }

    @Test
    void listThatASetHoldsManyTimesIsRefused() throws IOException {
        Supplier<Object> set = () -> {
            List<Object> row = new ArrayList<>(Collections.nCopies(2_000, 1));
            List<Object> square = new ArrayList<>(Collections.nCopies(2_000, row));
            return set(IntStream.range(0, 1_000)
                    .<Object>mapToObj(i -> new Later(square))
                    .toList());
        };

        assertRefused(set);
    }

    /** Returns nested collections. Each level makes their hash take four times as long. */
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
    void depthThatIsNotAllowedIsRefusedWhereItIsWrittenAndWhereItIsRead() throws IOException {
        Object deep = document(600);
        byte[] bytes = ObjectWriter.write(deep).bytes();
        System.setProperty(PayloadLimits.DEPTH, "400");

        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectWriter.write(deep))
                .withMessage("refused to write objects nested deeper than 400, which system property "
                        + "ignitetasks.maxDepth allows");
        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.read(bytes, LOADER))
                .withMessageStartingWith("refused to read objects nested deeper than 400");
    }

    @Test
    void limitThatIsNoNumberIsNamed() {
        System.setProperty(PayloadLimits.HASHING_STEPS, "many");

        assertThatIOException()
                .isThrownBy(() -> ObjectWriter.write(List.of(1)))
                .withMessage("nothing can be written or read: system property ignitetasks.maxHashingSteps is 'many',"
                        + " and must be a whole number from 1 to " + Long.MAX_VALUE);
    }

    static Stream<Object> odd() {
        Map<DayOfWeek, String> days = new EnumMap<>(Map.of(DayOfWeek.FRIDAY, "last"));
        return Stream.of(
                new Silent("kept", 7),
                new Late("text", List.of(1, 2)),
                new Versioned("text", 7),
                new Own("out", Map.of("a", 1)),
                new OwnList("out", 1),
                new OwnRecord("out", 1),
                new Lower("upper", "lower"),
                days,
                new TreeMap<>(Map.of("b", 2)),
                new TreeSet<>(Comparator.<String>reverseOrder()),
                new ConcurrentSkipListMap<>(Map.of(1, 2)),
                new PriorityQueue<>(List.of(3, 1, 2)),
                new ArrayDeque<>(List.of(1, 2)),
                new Vector<>(List.of("v")),
                new IdentityHashMap<>(Map.of(1, 2)),
                BitSet.valueOf(new long[] {5}),
                Locale.ROOT,
                new Date(0),
                Instant.EPOCH,
                new StringBuilder("text"),
                String.class,
                new Class<?>[] {int.class, Serializable.class},
                new AtomicReference<>(List.of(1)),
                (Supplier<Object> & Serializable) () -> days,
                Proxy.newProxyInstance(LOADER, new Class<?>[] {Supplier.class}, new Constant("constant")),
                new long[][] {{1}, {2, 3}},
                new IllegalStateException("text", new IOException("cause")),
                "long".repeat(30_000),
                DayOfWeek.MONDAY);
    }

    /** The odd object stands between two maps with collections as keys, so the parser goes through it. */
    @ParameterizedTest
    @MethodSource("odd")
    void oddObjectPassesBetweenCollections(Object odd) throws Exception {
        Map<Object, Object> first = new HashMap<>(Map.of(List.of("key"), "x".repeat(400), "null", "value"));
        first.put(null, null);
        Map<Object, Object> last = new LinkedHashMap<>(Map.of(Set.of("other"), List.of(1)));

        List<Object> read = copy(new ArrayList<>(Arrays.asList(first, odd, odd, last)));

        assertThat(read).hasSize(4);
        assertThat(read.get(0)).isEqualTo(first);
        assertThat(read.get(3)).isEqualTo(last);
    }

    @Test
    void whatAClassReadsByItselfIsCounted() throws IOException {
        Map<Object, Object> map = new HashMap<>(Map.of(List.of("key"), "x".repeat(400)));

        assertThat(parsed(new ArrayList<>(Arrays.asList(map, new Late("text", List.of(1, 2)), map)))
                        .hashingSteps())
                .isEqualTo(2 + 1 + 3);
    }

    @Test
    void objectThatHidesItsFieldsIsRefusedNamingItsClass() {
        List<Object> list = Arrays.asList(new HashMap<>(Map.of(List.of("key"), "x".repeat(400))), new Hidden("text"));

        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectWriter.write(list))
                .withMessageContaining(
                        "let the writeObject of " + Hidden.class.getName() + " call defaultWriteObject first");
    }

    private static PayloadParser parsed(Object object) throws IOException {
        byte[] bytes = ObjectWriter.write(object).bytes();
        return new PayloadParser(bytes, 1, new WrittenClasses(List.of(), LOADER), Map.of()).parse();
    }

    @Test
    void stepsAreThoseOfEachHash() throws IOException {
        assertThat(parsed(new HashMap<>(Map.of("a", List.of(1, 2, 3)))).hashingSteps())
                .isEqualTo(1);
        assertThat(parsed(new HashSet<>(Set.of(List.of(1, 2, 3), "b"))).hashingSteps())
                .isEqualTo(4 + 1);
        assertThat(parsed(Set.of(List.of(1, 2, 3))).hashingSteps()).isEqualTo(4);
        assertThat(parsed(List.of(List.of(1, 2, 3))).hashingSteps()).isZero();
        assertThat(parsed(new HashSet<>(Set.of(new Pair(1, List.of(2))))).hashingSteps())
                .isEqualTo(1 + 1 + 2);
        assertThat(parsed(new HashSet<>(Set.of(new Object[] {1}, new AtomicReference<>("c"))))
                        .hashingSteps())
                .isEqualTo(2 + 1);
    }

    /** Checks that an object is refused when it is written and, after a write without a limit, when it is read. */
    private void assertRefused(Supplier<Object> object) throws IOException {
        clearLimits();
        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectWriter.write(object.get()))
                .withMessageStartingWith("refused to write " + REFUSED)
                .withMessageEndingWith(" steps; system property ignitetasks.maxHashingSteps allows 268435456");
        System.setProperty(PayloadLimits.HASHING_STEPS, Long.toString(Long.MAX_VALUE));
        byte[] bytes = ObjectWriter.write(object.get()).bytes();
        ObjectWriter.Written call = ObjectWriter.writeCall(object.get());
        clearLimits();
        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.read(bytes, LOADER))
                .withMessageStartingWith("refused to read " + REFUSED);
        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.readCall(call.bytes(), call.definitions(), LOADER, future -> future))
                .withMessageStartingWith("refused to read " + REFUSED);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the test knows the type of the copy
    private static <T> T copy(Object object) throws Exception {
        ObjectWriter.Written call = ObjectWriter.writeCall(object);
        DeepStack.readWhereItFits(
                () -> ObjectReader.readCall(call.bytes(), call.definitions(), LOADER, future -> future));
        return ObjectReader.read(ObjectWriter.write(object).bytes(), LOADER);
    }

    /** A placeholder for a collection. It has an identity hash, and is written as the collection. */
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

    private record Module(String name, List<Module> needs) implements Serializable {}

    private record Link(@Nullable Link next) implements Serializable {}

    private record Pair(Object left, Object right) implements Serializable {}

    /** A class outside the JDK whose hash includes its elements. */
    private static final class Four implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Object[] elements;

        Four(Object[] elements) {
            this.elements = elements;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Four that && Arrays.equals(elements, that.elements);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(elements);
        }
    }

    /** An object that hashes its elements while it is read. */
    private static final class Hashing implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final List<Object> elements;
        private transient Set<Object> set = Set.of();

        Hashing(List<Object> elements) {
            this.elements = elements;
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            set = new HashSet<>(elements);
        }

        @Override
        public String toString() {
            return set.toString();
        }
    }

    /** An object that is equal by its id, and refers to others. */
    private static final class Person implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        final int id;
        final Set<Person> friends = new HashSet<>();

        Person(int id) {
            this.id = id;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Person that && id == that.id;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    /** An object that writes its fields without {@code defaultWriteObject}. */
    private static final class Silent implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private String text;
        private long number;

        Silent(String text, long number) {
            this.text = text;
            this.number = number;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeUTF(text);
            out.writeObject(List.of(number));
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            text = in.readUTF();
            number = (Long) ((List<?>) in.readObject()).get(0);
        }

        @Override
        public String toString() {
            return text + number;
        }
    }

    /** An object that writes a version before its fields. */
    private static final class Versioned implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String text;
        private final int number;

        Versioned(String text, int number) {
            this.text = text;
            this.number = number;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeInt(2);
            out.writeUTF("version");
            out.defaultWriteObject();
            out.writeObject(List.of(text));
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.readInt();
            in.readUTF();
            in.defaultReadObject();
            in.readObject();
        }

        @Override
        public String toString() {
            return text + number;
        }
    }

    /** An object that writes its fields after another object. */
    private static final class Hidden implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String text;
        private final int number = 0x7B7B7B7B;

        Hidden(String text) {
            this.text = text;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeObject(List.of(text));
            out.defaultWriteObject();
        }

        @Override
        public String toString() {
            return text + number;
        }
    }

    /** An object that writes more data after its fields. */
    private static final class Late implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String text;
        private transient List<Integer> list;

        Late(String text, List<Integer> list) {
            this.text = text;
            this.list = list;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(list.size());
            out.write(new byte[3_000]);
            out.writeObject(list);
            out.writeBoolean(true);
        }

        @Serial
        @SuppressWarnings("unchecked")
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            in.readInt();
            in.readFully(new byte[3_000]);
            list = (List<Integer>) in.readObject();
        }

        @Override
        public String toString() {
            return text + list;
        }
    }

    /** An externalizable object. */
    public static final class Own implements Externalizable {
        @Serial
        private static final long serialVersionUID = 1L;

        private String text = "";
        private Object object = "";

        /** Makes an empty object for deserialization. */
        public Own() {}

        Own(String text, Object object) {
            this.text = text;
            this.object = object;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeObject(object);
            out.writeUTF(text);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            object = in.readObject();
            text = in.readUTF();
        }
    }

    /** An externalizable list, whose superclass is serializable in another way. */
    public static final class OwnList extends ArrayList<Object> implements Externalizable {
        @Serial
        private static final long serialVersionUID = 1L;

        /** Makes an empty object for deserialization. */
        public OwnList() {}

        OwnList(Object... elements) {
            super(Arrays.asList(elements));
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeObject(toArray());
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            addAll(Arrays.asList((Object[]) in.readObject()));
        }
    }

    /** An externalizable record. Serialization treats it as a record all the same. */
    public record OwnRecord(String text, int number) implements Externalizable {
        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    private static class Upper implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        final String upper;

        Upper(String upper) {
            this.upper = upper;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeObject("beside");
        }
    }

    private static final class Lower extends Upper {
        @Serial
        private static final long serialVersionUID = 1L;

        final String lower;

        Lower(String upper, String lower) {
            super(upper);
            this.lower = lower;
        }
    }

    private record Constant(String value) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
            return value;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }
    }
}
