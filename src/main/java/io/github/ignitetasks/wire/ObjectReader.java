package io.github.ignitetasks.wire;

import io.github.ignitetasks.TaskFuture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.Function;

/** Reads what {@link ObjectWriter} wrote, with the classes of one class loader. */
public final class ObjectReader extends ObjectInputStream {
    private final ClassLoader loader;
    private final Function<FutureReference<?>, TaskFuture<?>> futures;
    private final PayloadFilter filter;
    private final HashingSteps hashing;

    private ObjectReader(byte[] bytes, ClassLoader loader, Function<FutureReference<?>, TaskFuture<?>> futures)
            throws IOException {
        super(new ByteArrayInputStream(bytes));
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
        return read(bytes, loader, reference -> reference);
    }

    /**
     * Reads an object, with each future in it replaced by what the function gives for its reference.
     *
     * @throws IOException if the bytes are not an object's, or its {@code readObject} method throws
     * @throws ClassNotFoundException if the loader lacks a class
     */
    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"}) // the caller knows what was written
    public static <T> T read(byte[] bytes, ClassLoader loader, Function<FutureReference<?>, TaskFuture<?>> futures)
            throws IOException, ClassNotFoundException {
        try (ObjectReader reader = new ObjectReader(bytes, loader, futures)) {
            return (T) reader.readRoot();
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
    protected Object resolveObject(Object object) throws InvalidClassException {
        hashing.count(object);
        return object instanceof FutureReference<?> reference ? futures.apply(reference) : object;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
        try {
            return Class.forName(described.getName(), false, loader);
        } catch (ClassNotFoundException e) {
            return super.resolveClass(described); // knows the primitive types, and says what is missing
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
