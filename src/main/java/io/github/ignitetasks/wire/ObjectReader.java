package io.github.ignitetasks.wire;

import io.github.ignitetasks.TaskFuture;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.StreamCorruptedException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ObjectWriter} wrote, with the classes of one class loader. */
public final class ObjectReader extends ObjectInputStream {
    private final int size;

    /** Those that went apart, then those met in the bytes. */
    private final List<Definition> definitions;

    /** Whether the bytes are a definition, which must not refer to others: they could go round in circles. */
    private final boolean isDefinition;

    private final ClassLoader loader;
    private final Function<FutureReference<?>, TaskFuture<?>> futures;
    private final PayloadFilter filter;
    private final HashingSteps hashing;

    /** What the definitions mean; found when it is first needed. */
    private @Nullable KnownDefinitions known;

    private ObjectReader(
            byte[] bytes,
            List<Definition> definitions,
            boolean isDefinition,
            ClassLoader loader,
            Function<FutureReference<?>, TaskFuture<?>> futures)
            throws IOException {
        super(new UnlockedInput(bytes));
        this.size = bytes.length;
        this.definitions = new ArrayList<>(definitions);
        this.isDefinition = isDefinition;
        this.loader = loader;
        this.futures = futures;
        this.filter = PayloadFilter.of(bytes.length, getObjectInputFilter());
        this.hashing = new HashingSteps(bytes.length);
        setObjectInputFilter(filter);
        enableResolveObject(true);
    }

    /**
     * Reads an object; futures in it stay references.
     *
     * @throws IOException if the bytes are not an object's, if they are refused, or if a {@code readObject} method throws
     * @throws ClassNotFoundException if the loader lacks a class
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows what was written
    public static <T> T read(byte[] bytes, ClassLoader loader) throws IOException, ClassNotFoundException {
        if (bytes.length > 0 && bytes[0] != WireFormat.OBJECTS) {
            return readScalar(bytes);
        }
        return readFrom(new ObjectReader(bytes, List.of(), false, loader, reference -> reference));
    }

    /**
     * Reads a call that was written apart from these definitions, with each future in it replaced by what the function
     * gives for its reference.
     *
     * @throws IOException if the bytes are not an object's, if they are refused, or if a {@code readObject} method throws
     * @throws ClassNotFoundException if the loader lacks a class
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows what was written
    public static <T> T readCall(
            byte[] bytes,
            List<Definition> definitions,
            ClassLoader loader,
            Function<FutureReference<?>, TaskFuture<?>> futures)
            throws IOException, ClassNotFoundException {
        return readFrom(new ObjectReader(bytes, definitions, false, loader, futures));
    }

    /** Reads what a definition defines. */
    static Object readDefined(byte[] bytes, ClassLoader loader) throws IOException, ClassNotFoundException {
        return readFrom(new ObjectReader(bytes, List.of(), true, loader, reference -> reference));
    }

    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"}) // the caller knows what was written
    private static <T> T readFrom(ObjectReader reader) throws IOException, ClassNotFoundException {
        try (reader) {
            return (T) reader.readRoot();
        }
    }

    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked", "NullAway"}) // the same, and that it may be null
    private static <T> T readScalar(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new UnlockedInput(bytes))) {
            return (T) Scalar.read(in.readByte(), in);
        }
    }

    private Object readRoot() throws IOException, ClassNotFoundException {
        try {
            return readObject();
        } catch (InvalidClassException e) {
            String reason = filter.reason();
            if (reason == null) {
                throw e;
            }
            InvalidClassException refused = new InvalidClassException("refused to read " + reason);
            refused.initCause(e);
            throw refused;
        } catch (StackOverflowError e) {
            throw new IOException("it is nested too deep to be read", e);
        }
    }

    @Override
    protected void readStreamHeader() throws IOException {
        byte first = readByte();
        if (first != WireFormat.OBJECTS) {
            throw WireFormat.unknown(first);
        }
    }

    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
        byte what = readByte();
        if (what == WireFormat.DESCRIPTOR) {
            return super.readClassDescriptor();
        }
        return what > 0 ? WellKnownClasses.descriptor(what) : readDefinition(what, ObjectStreamClass.class);
    }

    /** Reads the shape of a lambda. */
    LambdaShape readShape() throws IOException, ClassNotFoundException {
        return readDefinition(readByte(), LambdaShape.class);
    }

    private <T> T readDefinition(byte what, Class<T> type) throws IOException, ClassNotFoundException {
        if (isDefinition) {
            throw new StreamCorruptedException("a definition refers to another");
        }
        if (known == null) {
            known = KnownDefinitions.of(loader);
        }
        Definition definition = switch (what) {
            case WireFormat.DEFINITION -> nextDefinition();
            case WireFormat.DEFINITION_NUMBER -> numberedDefinition();
            default ->
                throw new StreamCorruptedException(
                        "a definition that begins with " + what + " was written by a newer version of this library");
        };
        return known.meaning(definition, type);
    }

    private Definition nextDefinition() throws IOException {
        int length = readInt();
        if (length < 0 || length > size) {
            throw new StreamCorruptedException("a definition of " + length + " bytes in " + size);
        }
        byte[] bytes = new byte[length];
        readFully(bytes);
        Definition definition = new Definition(bytes);
        definitions.add(definition);
        return definition;
    }

    private Definition numberedDefinition() throws IOException {
        int number = readInt();
        if (number < 0 || number >= definitions.size()) {
            throw new StreamCorruptedException(
                    "definition " + number + " is missing: there are " + definitions.size() + ", from 0");
        }
        return definitions.get(number);
    }

    @Override
    protected Object resolveObject(Object object) throws InvalidClassException {
        hashing.count(object);
        return object instanceof FutureReference<?> reference ? futures.apply(reference) : object;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass descriptor) throws IOException, ClassNotFoundException {
        Class<?> found = descriptor.forClass(); // where it is well known, or was found by its definition
        if (found != null) {
            return found;
        }
        try {
            return Class.forName(descriptor.getName(), false, loader);
        } catch (ClassNotFoundException e) {
            return super.resolveClass(descriptor); // knows the primitive types, and says what is missing
        }
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws ClassNotFoundException {
        Class<?>[] types = new Class<?>[interfaces.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = Class.forName(interfaces[i], false, loader);
        }
        // an interface that is not public can be implemented by classes of its own loader alone
        ClassLoader definer = Arrays.stream(types)
                .filter(type -> !Modifier.isPublic(type.getModifiers()))
                .findFirst()
                .map(Class::getClassLoader)
                .orElse(loader);
        try {
            return Proxy.newProxyInstance(definer, types, (proxy, method, arguments) -> null)
                    .getClass();
        } catch (IllegalArgumentException e) {
            throw new ClassNotFoundException("a proxy of " + Arrays.toString(interfaces), e);
        }
    }
}
