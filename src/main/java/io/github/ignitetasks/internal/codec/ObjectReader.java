package io.github.ignitetasks.internal.codec;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.TaskFuture;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.StreamCorruptedException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ObjectWriter} wrote, with the classes of one class loader. To make a reader takes as long as to read a
 * short call, so one goes on with other bytes when it has read some.
 */
public final class ObjectReader extends ObjectInputStream {
    /** The most bytes after which a reader is kept: after more it might hold much memory. */
    private static final int MAX_KEPT = 4_096;

    /** Has a stream forget the objects that it has read. */
    private static final byte[] RESET = {TC_RESET};

    /** One that does not read now, if there is one. */
    private static final AtomicReference<@Nullable ObjectReader> IDLE = new AtomicReference<>();

    private final UnlockedInput in;
    private final JvmFilter ofJvm;

    /** The payload that is being read. */
    private @Nullable Payload payload;

    private ObjectReader(UnlockedInput in) throws IOException {
        super(in);
        this.in = in;
        this.ofJvm = JvmFilter.of(getObjectInputFilter());
        setObjectInputFilter(info -> payload().filter().check(info, ofJvm));
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
        return read(bytes, 0, loader);
    }

    /**
     * Reads an object that begins at an index, and ends with the bytes; futures in it stay references.
     *
     * @throws IOException if the bytes are not an object's, if they are refused, or if a {@code readObject} method throws
     * @throws ClassNotFoundException if the loader lacks a class
     */
    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked", "NullAway"}) // the caller knows what was written
    public static <T> T read(byte[] bytes, int start, ClassLoader loader) throws IOException, ClassNotFoundException {
        if (isScalar(bytes, start)) {
            return (T) Scalar.read(ByteBuffer.wrap(bytes, start, bytes.length - start));
        }
        return whereItFits(() -> read(Payload.object(bytes, start, loader)));
    }

    private static <T> T whereItFits(Callable<T> reading) throws IOException, ClassNotFoundException {
        try {
            return DeepStack.readWhereItFits(reading);
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e); // which reading does not throw
        }
    }

    /** Returns whether what begins at an index is no object, but a number or the like: no code of users reads it. */
    public static boolean isScalar(byte[] bytes, int start) {
        return start < bytes.length && bytes[start] != WireFormat.OBJECTS;
    }

    /**
     * Reads a call that was written apart from these definitions, with each future in it replaced by what the function
     * gives for its reference. It is read on this thread, so {@link DeepStack} has to be asked for a call that is nested
     * deep.
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
        return read(Payload.call(bytes, definitions, loader, futures));
    }

    /** Reads what a definition defines. */
    static Object readDefined(byte[] bytes, ClassLoader loader) throws IOException, ClassNotFoundException {
        return read(Payload.definition(bytes, loader));
    }

    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"}) // the caller knows what was written
    private static <T> T read(Payload payload) throws IOException, ClassNotFoundException {
        ObjectReader idle = IDLE.getAndSet(null);
        boolean goesOn =
                idle != null && idle.ofJvm.servesMore() && payload.filter().servesMore();
        ObjectReader reader = goesOn ? idle : new ObjectReader(new UnlockedInput());
        T object = (T) reader.readRoot(payload);
        if (payload.length() <= MAX_KEPT && reader.forget()) { // and if nothing was thrown
            IDLE.set(reader);
        }
        return object;
    }

    @SuppressWarnings("CatchingUnchecked") // damaged bytes, and user code, may throw anything
    private Object readRoot(Payload next) throws IOException, ClassNotFoundException {
        payload = next;
        next.feed(in);
        try {
            return readObject();
        } catch (IOException | ClassNotFoundException e) {
            checkRefusal(e, next.filter());
            throw e;
        } catch (NoClassDefFoundError e) {
            throw new ClassNotFoundException(e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new IOException(
                    "it is nested too deep to be read; system property " + PayloadLimits.DEPTH + ", which is "
                            + PayloadLimits.depthOrDefault() + ", says for how many levels there is room",
                    e);
        } catch (Throwable e) {
            throw new IOException("reading it threw " + Failure.of(e), e);
        }
    }

    /** Throws what says why something was refused, if that is what caused the problem. */
    private static void checkRefusal(Exception problem, PayloadFilter filter) throws IOException {
        if (filter.needsDeepStack()) {
            throw new DeepStack.NeededException();
        }
        String reason = filter.reason();
        if (reason != null) {
            InvalidClassException refused = new InvalidClassException("refused to read " + reason);
            refused.initCause(problem);
            throw refused;
        }
    }

    /** Forgets what was read, and returns whether this may read more: whether nothing of it is left. */
    private boolean forget() {
        in.take(RESET, 0);
        try {
            return read() < 0 && in.available() == 0;
        } catch (IOException e) {
            return false; // what was read is right all the same
        } finally {
            payload = null;
        }
    }

    private Payload payload() {
        return Objects.requireNonNull(payload, "nothing is read now");
    }

    @Override
    protected void readStreamHeader() {
        // each payload has its own
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
        payload().checkRefers();
        Definition definition = switch (what) {
            case WireFormat.DEFINITION -> nextDefinition();
            case WireFormat.DEFINITION_NUMBER -> payload().numbered(readInt());
            default ->
                throw new StreamCorruptedException(
                        "a definition that begins with " + what + " was written by a newer version of this library");
        };
        return payload().meaning(definition, type);
    }

    private Definition nextDefinition() throws IOException {
        return payload().define(readBytes(readInt()));
    }

    /** Reads so many bytes. */
    byte[] readBytes(int length) throws IOException {
        if (length < 0 || length > payload().length()) {
            throw new StreamCorruptedException(
                    "a part of " + length + " bytes in " + payload().length());
        }
        byte[] bytes = new byte[length];
        readFully(bytes);
        return bytes;
    }

    /**
     * Reads an exception that has bytes of its own within what is read.
     *
     * @throws IOException if it cannot be read, or if there are more of them than are written
     * @throws ClassNotFoundException if the loader lacks a class
     */
    Throwable readApart(byte[] bytes) throws IOException, ClassNotFoundException {
        Payload whole = payload();
        whole.countApart();
        return whereItFits(() -> read(whole.apart(bytes)));
    }

    @Override
    protected Object resolveObject(Object object) {
        if (object instanceof SettledReference settled) {
            return payload().future(new FutureReference<>(settled.key())).settled();
        }
        return object instanceof FutureReference<?> reference ? payload().future(reference) : object;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass descriptor) throws IOException, ClassNotFoundException {
        Class<?> found = descriptor.forClass(); // where it is well known, or was found by its definition
        if (found != null) {
            return found;
        }
        try {
            return Class.forName(descriptor.getName(), false, payload().loader());
        } catch (ClassNotFoundException e) {
            return super.resolveClass(descriptor); // knows the primitive types, and says what is missing
        }
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws ClassNotFoundException {
        ClassLoader loader = payload().loader();
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
