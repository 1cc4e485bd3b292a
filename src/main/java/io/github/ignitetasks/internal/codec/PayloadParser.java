package io.github.ignitetasks.internal.codec;

import static java.io.ObjectStreamConstants.SC_BLOCK_DATA;
import static java.io.ObjectStreamConstants.SC_ENUM;
import static java.io.ObjectStreamConstants.SC_SERIALIZABLE;
import static java.io.ObjectStreamConstants.SC_WRITE_METHOD;
import static java.io.ObjectStreamConstants.TC_ARRAY;
import static java.io.ObjectStreamConstants.TC_BLOCKDATA;
import static java.io.ObjectStreamConstants.TC_BLOCKDATALONG;
import static java.io.ObjectStreamConstants.TC_CLASS;
import static java.io.ObjectStreamConstants.TC_CLASSDESC;
import static java.io.ObjectStreamConstants.TC_ENDBLOCKDATA;
import static java.io.ObjectStreamConstants.TC_ENUM;
import static java.io.ObjectStreamConstants.TC_LONGSTRING;
import static java.io.ObjectStreamConstants.TC_NULL;
import static java.io.ObjectStreamConstants.TC_OBJECT;
import static java.io.ObjectStreamConstants.TC_PROXYCLASSDESC;
import static java.io.ObjectStreamConstants.TC_REFERENCE;
import static java.io.ObjectStreamConstants.TC_STRING;
import static java.io.ObjectStreamConstants.baseWireHandle;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a payload to pieces without making an object of it, to know what it would cost to read it. Recursion has no part
 * in that, so that no payload is too deep. To be used once.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/docs/specs/serialization/protocol.html">Object Serialization
 *     Stream Protocol</a>
 */
final class PayloadParser {
    /** Fields of the JDK's collections that have no part in their hash, each after its class. */
    private static final Set<String> NOT_HASHED = Set.of(
            "java.util.Collections$SynchronizedCollection mutex",
            "java.util.Collections$SynchronizedMap mutex",
            "java.util.Properties defaults",
            "java.util.TreeMap comparator",
            "java.util.concurrent.ConcurrentSkipListMap comparator",
            "java.util.concurrent.ConcurrentHashMap$KeySetView value");

    /** Those that make an array as long as the number says that their fields begin with. */
    private static final Set<String> SIZED_BY_FIELD =
            Set.of("java.util.ArrayList", "java.util.PriorityQueue", "java.util.IdentityHashMap");

    /** Those that make an array as long as the number says that stands beside their fields. */
    private static final Set<String> SIZED_BESIDE_FIELDS = Set.of(
            "java.util.ArrayDeque", "java.util.concurrent.CopyOnWriteArrayList", ClassTraits.IMMUTABLE_COLLECTION);

    /** No class has so many superclasses. */
    private static final int MAX_SUPERCLASSES = 64;

    /** Shorter arrays of numbers count as one step. */
    private static final int SHORT = 64;

    private static final Set<String> MAPS =
            Set.of("java.util.HashMap", "java.util.Hashtable", "java.util.concurrent.ConcurrentHashMap");
    private static final String SET = "java.util.HashSet";
    private static final String COPIES = "java.util.Collections$CopiesList";
    private static final int SET_TAG = 2; // of what IMMUTABLE_COLLECTION stands for
    private static final int MAP_TAG = 3;

    /** In place of the name of a field: an element of an array. */
    private static final String ELEMENT = "[]";

    /** In place of the name of a field: one of the objects that the class writes beside its fields. */
    private static final String BESIDE_FIELDS = "...";

    private final WrittenClasses classes;
    private final ByteBuffer in;
    private final PayloadGraph graph = new PayloadGraph();

    private final Map<String, FieldLayout> layouts;

    /** The classes of which it was guessed where their fields stand. */
    private final Set<String> guessed = new LinkedHashSet<>();

    /** The numbered parts of the stream: a {@link WrittenClass}, or the number of an object in the graph. */
    private final List<Object> handles = new ArrayList<>();

    private final Deque<Open> path = new ArrayDeque<>();
    private int depth;
    private long copies;

    /**
     * Takes a payload that begins at an index.
     *
     * @param layouts where the fields of classes stand, by their names, if not where they seem to
     */
    PayloadParser(byte[] bytes, int start, WrittenClasses classes, Map<String, FieldLayout> layouts) {
        this.layouts = layouts;
        this.in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        this.classes = classes;
    }

    /** An object that is being read. */
    private static final class Open {
        final int object;

        /** The number of its fields or elements that are still to come. */
        int left;

        /** The classes whose fields are still to come, the topmost first. */
        final Deque<WrittenClass> classes = new ArrayDeque<>(2);

        /** The class whose fields are read, or null: it is an array. */
        @Nullable
        WrittenClass current;

        /** Whether what {@code writeObject} or {@code writeExternal} wrote is still to come. */
        boolean custom;

        /** How many objects of that were read. */
        int customItems;

        /** Whether all that it refers to may be hashed while it is read. */
        boolean hashesAll;

        /** The kind of collection that {@link ClassTraits#IMMUTABLE_COLLECTION} replaces. */
        int tag;

        Open(int object) {
            this.object = object;
        }
    }

    /**
     * Takes it to pieces.
     *
     * @throws IOException if the bytes are no payload, or not one that can be known without reading it
     */
    PayloadParser parse() throws IOException {
        try {
            content(null, ELEMENT);
            while (!path.isEmpty()) {
                step(path.peek());
            }
            return this;
        } catch (BufferUnderflowException e) {
            throw new StreamCorruptedException("it is cut off");
        } catch (IndexOutOfBoundsException | ClassCastException | IllegalArgumentException | ArithmeticException e) {
            StreamCorruptedException corrupt = new StreamCorruptedException("its parts do not fit together");
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    /** Returns the names of the classes of which it was guessed where their fields stand. */
    Set<String> guessed() {
        return guessed;
    }

    /** Returns how deep objects are nested. */
    int depth() {
        return depth;
    }

    /** Returns how many elements there seem to be that take no memory, as {@code Collections.nCopies} has them. */
    long copies() {
        return copies;
    }

    /** Returns how many objects are hashed while the payload is read, each as often as it is. */
    long hashingSteps() {
        return graph.hashingSteps();
    }

    private void step(Open open) throws IOException {
        if (open.left > 0) {
            int index = open.current == null ? 0 : open.current.references().size() - open.left;
            open.left--;
            content(
                    open,
                    open.current == null ? ELEMENT : open.current.references().get(index));
        } else if (open.custom) {
            custom(open);
        } else if (open.classes.isEmpty()) {
            path.pop();
        } else {
            next(open, open.classes.pop());
        }
    }

    private void next(Open open, WrittenClass type) throws IOException {
        open.current = type;
        if (type.isExternal()) {
            if (!type.has(SC_BLOCK_DATA)) {
                throw new StreamCorruptedException("class " + type.name() + " is written by an old protocol");
            }
            open.custom = true;
        } else if (type.has(SC_SERIALIZABLE) || type.traits().isRecord()) {
            open.custom = type.has(SC_WRITE_METHOD);
            fields(open, type);
        }
    }

    private void fields(Open open, WrittenClass type) throws IOException {
        FieldLayout layout = FieldLayout.FIRST;
        if (type.isLayoutGuessed()) {
            guessed.add(type.name());
            layout = layouts.getOrDefault(type.name(), type.layout());
        }
        if (layout == FieldLayout.NONE) {
            return;
        }
        if (layout == FieldLayout.LATER) {
            skipBlocks(open);
        }
        primitives(open, type);
        open.left = type.references().size();
    }

    private void skipBlocks(Open open) throws IOException {
        byte next = in.get(in.position());
        while (next == TC_BLOCKDATA || next == TC_BLOCKDATALONG) {
            block(open);
            next = in.get(in.position());
        }
    }

    private void primitives(Open open, WrittenClass type) throws IOException {
        if (type.name().equals(ClassTraits.IMMUTABLE_COLLECTION)) {
            open.tag = in.getInt(in.position()) & 0xFF;
        } else if (type.name().equals(COPIES)) {
            copies += Math.max(0, in.getInt(in.position()));
        } else if (SIZED_BY_FIELD.contains(type.name())) {
            checkSize(in.getInt(in.position()));
        }
        skip(type.primitiveBytes());
    }

    /** An element takes a byte at least. */
    private void checkSize(int size) throws IOException {
        if (size > in.remaining()) {
            throw new StreamCorruptedException("a collection of " + size + " elements is cut off");
        }
    }

    private void custom(Open open) throws IOException {
        switch (in.get(in.position())) {
            case TC_ENDBLOCKDATA -> {
                skip(1);
                open.custom = false;
            }
            case TC_BLOCKDATA, TC_BLOCKDATALONG -> block(open);
            default -> {
                content(open, BESIDE_FIELDS);
                open.customItems++;
            }
        }
    }

    private void block(Open open) throws IOException {
        WrittenClass type = open.current;
        if (type != null && type.name().equals(WrittenLambda.class.getName()) && open.customItems == 0) {
            classes.shape(in); // it begins with the definition of its shape
            open.customItems++;
            return;
        }
        int length = in.get() == TC_BLOCKDATA ? Byte.toUnsignedInt(in.get()) : in.getInt();
        if (type != null && length == Integer.BYTES && SIZED_BESIDE_FIELDS.contains(type.name())) {
            checkSize(in.getInt(in.position()));
        }
        skip(length);
    }

    /** Reads what an object, or nobody, refers to by a field, or in another way. */
    private void content(@Nullable Open holder, String field) throws IOException {
        depth = Math.max(depth, path.size() + 1);
        switch (in.get()) {
            case TC_NULL -> {}
            case TC_REFERENCE -> refer(holder, field, referred());
            case TC_STRING -> text(holder, field, Short.toUnsignedInt(in.getShort()));
            case TC_LONGSTRING -> text(holder, field, in.getLong());
            case TC_CLASS -> {
                classDescriptor();
                leaf(holder, field);
            }
            case TC_CLASSDESC, TC_PROXYCLASSDESC -> {
                in.position(in.position() - 1);
                classDescriptor();
                refer(holder, field, PayloadGraph.LEAF);
            }
            case TC_ENUM -> {
                classDescriptor();
                leaf(holder, field);
                name();
            }
            case TC_ARRAY -> array(holder, field);
            case TC_OBJECT -> object(holder, field);
            default ->
                throw new StreamCorruptedException(
                        "what is written at " + (in.position() - 1) + " is of no known kind");
        }
    }

    /** Reads the name of a constant. */
    private void name() throws IOException {
        switch (in.get()) {
            case TC_REFERENCE -> in.getInt();
            case TC_STRING -> text(null, ELEMENT, Short.toUnsignedInt(in.getShort()));
            default -> throw new StreamCorruptedException("a constant has no name");
        }
    }

    private int referred() {
        Object referred = handles.get(in.getInt() - baseWireHandle);
        return referred instanceof Integer object ? object : PayloadGraph.LEAF;
    }

    private void text(@Nullable Open holder, String field, long length) throws IOException {
        if (length < 0 || length > in.remaining()) {
            throw new StreamCorruptedException("it is cut off in a text of " + length + " bytes");
        }
        leaf(holder, field);
        skip((int) length);
    }

    private void leaf(@Nullable Open holder, String field) {
        handles.add(PayloadGraph.LEAF);
        refer(holder, field, PayloadGraph.LEAF);
    }

    private void refer(@Nullable Open holder, String field, int object) {
        if (holder == null) {
            return;
        }
        boolean isHashed = holder.current == null || !NOT_HASHED.contains(holder.current.name() + " " + field);
        if (isHashed) {
            graph.addReference(holder.object, object);
        }
        if (holder.hashesAll || (field.equals(BESIDE_FIELDS) && hashesItem(holder))) {
            graph.addHashed(object);
        }
    }

    /** Returns whether what a collection of the JDK reads next it hashes: of maps it is every other object, the keys. */
    private static boolean hashesItem(Open holder) {
        String name = holder.current == null ? "" : holder.current.name();
        boolean isEven = holder.customItems % 2 == 0;
        if (name.equals(ClassTraits.IMMUTABLE_COLLECTION)) {
            return holder.tag == SET_TAG || (holder.tag == MAP_TAG && isEven);
        }
        return name.equals(SET) || (MAPS.contains(name) && isEven);
    }

    private void array(@Nullable Open holder, String field) throws IOException {
        WrittenClass type = requireClass(classDescriptor());
        int bytes = elementBytes(type.name());
        if (bytes > 0) {
            numbers(holder, field, (long) in.getInt() * bytes);
            return;
        }
        Open open = open(holder, field, type, true);
        open.left = Math.max(0, in.getInt());
    }

    private void numbers(@Nullable Open holder, String field, long bytes) throws IOException {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new StreamCorruptedException("it is cut off in an array of " + bytes + " bytes");
        }
        skip((int) bytes);
        if (bytes < SHORT) {
            leaf(holder, field);
        } else {
            int array = graph.addNumbers((int) bytes);
            handles.add(array);
            refer(holder, field, array);
        }
    }

    private static int elementBytes(String arrayName) {
        return switch (arrayName) {
            case "[Z", "[B" -> Byte.BYTES;
            case "[C", "[S" -> Short.BYTES;
            case "[I", "[F" -> Integer.BYTES;
            case "[J", "[D" -> Long.BYTES;
            default -> 0;
        };
    }

    private void object(@Nullable Open holder, String field) throws IOException {
        WrittenClass type = requireClass(classDescriptor());
        Open open = open(holder, field, type, type.traits().hashesContent());
        open.classes.push(type);
        open.hashesAll = type.traits().runsCode();
        for (WrittenClass each = type.parent(); each != null; each = each.parent()) {
            open.hashesAll |= each.traits().runsCode();
            if (!type.isExternal()) { // else it has written all of itself
                open.classes.push(each);
            }
        }
    }

    private Open open(@Nullable Open holder, String field, WrittenClass type, boolean hashesContent)
            throws IOException {
        if (type.has(SC_ENUM)) {
            throw new StreamCorruptedException("a constant of " + type.name() + " is written as an object");
        }
        int object = graph.add(hashesContent, type.isOfJdk());
        handles.add(object);
        refer(holder, field, object);
        Open open = new Open(object);
        path.push(open);
        return open;
    }

    private static WrittenClass requireClass(@Nullable WrittenClass type) throws IOException {
        if (type == null) {
            throw new StreamCorruptedException("an object has no class");
        }
        return type;
    }

    /** Reads the descriptor of a class, with those of its superclasses; null if there is none. */
    private @Nullable WrittenClass classDescriptor() throws IOException {
        List<WrittenClass> chain = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        WrittenClass last = null;
        boolean more = true;
        while (more) {
            if (chain.size() > MAX_SUPERCLASSES) {
                throw new StreamCorruptedException("a class has more than " + MAX_SUPERCLASSES + " superclasses");
            }
            switch (in.get()) {
                case TC_NULL -> more = false;
                case TC_REFERENCE -> {
                    last = (WrittenClass) handles.get(in.getInt() - baseWireHandle);
                    more = false;
                }
                case TC_CLASSDESC -> {
                    numbers.add(handles.size());
                    handles.add(PayloadGraph.LEAF); // until its superclasses are known
                    chain.add(classes.read(in, handles));
                    endOfAnnotation();
                }
                case TC_PROXYCLASSDESC -> {
                    numbers.add(handles.size());
                    handles.add(PayloadGraph.LEAF);
                    chain.add(classes.readProxy(in));
                    endOfAnnotation();
                }
                default -> throw new StreamCorruptedException("a class description is missing");
            }
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            last = chain.get(i).below(last);
            handles.set(numbers.get(i), last);
        }
        return last;
    }

    /** This library writes nothing with a class. */
    private void endOfAnnotation() throws IOException {
        if (in.get() != TC_ENDBLOCKDATA) {
            throw new StreamCorruptedException("something is written with a class");
        }
    }

    private void skip(int bytes) {
        in.position(in.position() + bytes); // throws if there are not so many
    }
}
