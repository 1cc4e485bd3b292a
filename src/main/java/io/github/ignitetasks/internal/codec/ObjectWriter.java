package io.github.ignitetasks.internal.codec;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.internal.context.SettledUpstream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes one object by Java serialization and collects the futures that it reaches.
 *
 * <p>In a short stream the descriptors of classes are most of the bytes and of the time. Those of
 * {@link WellKnownClasses} are not written; each other is a {@link Definition}, which is made once.
 */
public final class ObjectWriter extends ObjectOutputStream {
    /** The purpose of the bytes, which decides where definitions go. */
    private enum Purpose {
        /** An object that is read by itself: its definitions are in the bytes. */
        RECORD,

        /** A call: its definitions go with those of other calls. */
        CALL,

        /** A definition, which has no definitions itself. */
        DEFINITION,

        /** Nothing that is kept: the object's classes are looked for. */
        CLASSES
    }

    /** The largest object, in bytes: each copy of it is in memory as a whole, on several nodes. */
    static final int MAX_BYTES = 64 << 20;

    /** The largest object whose writer is kept, in bytes: the writer of a larger one would hold much memory. */
    private static final int MAX_KEPT = 4_096;

    /** How many exceptions have bytes of their own in one that is written; others are written with those that hold them. */
    static final int MAX_APART = 32;

    /** One that does not write now, if there is one: to make a writer takes as long as to write a short object. */
    private static final AtomicReference<@Nullable Reusable> IDLE = new AtomicReference<>();

    private Purpose purpose = Purpose.CLASSES;

    /** By identity, because futures of two sessions may have one key. */
    private final Set<TaskFuture<?>> futures = new LinkedHashSet<>();

    /** Those whose ends are written, whether or not they are futures of which the results are. */
    private final Set<TaskFuture<?>> settled = new LinkedHashSet<>();

    /** Those that the bytes refer to, by their number. */
    private final Map<Definition, Integer> definitions = new LinkedHashMap<>();

    private CodeOrigin origin = CodeOrigin.jdk();

    private DeniedClasses denied;

    /** Whether objects may be hashed while what is written is read. */
    private boolean hashed;

    /** Takes the classes that are met, where somebody asks for them. */
    private @Nullable Set<Class<?>> classes;

    /** Of the exception that is written, if it is one, the cause and what it suppressed; how many may be written apart. */
    private Set<Throwable> causes = Set.of();

    private AtomicInteger apart = new AtomicInteger();

    private ObjectWriter(OutputStream out) throws IOException {
        super(out);
        denied = DeniedClasses.get();
        enableReplaceObject(true);
    }

    /**
     * Writes an object, so that its bytes can be read at any time.
     *
     * @throws NotSerializableException if it reaches an object that is not serializable; the message says by which way
     * @throws IOException if a {@code writeObject} method throws an exception, or if it is nested too deep or too large
     */
    public static Written write(@Nullable Object object) throws IOException {
        byte[] scalar = Scalar.write(object);
        return scalar == null
                ? write(object, Purpose.RECORD)
                : new Written(scalar, List.of(), Upstreams.NONE, CodeOrigin.jdk());
    }

    /**
     * Writes a call, so that its bytes can be read with the definitions that it shares with other calls.
     *
     * @throws NotSerializableException if it reaches an object that is not serializable; the message says by which way
     * @throws IOException if a {@code writeObject} method throws an exception, if it is nested too deep or too large, or if
     *     it reaches two classes of one name
     */
    public static Written writeCall(Object call) throws IOException {
        Written written = write(call, Purpose.CALL);
        if (written.origin().isOfSiblings()) {
            checkNames(call, written.origin().loader());
        }
        return written;
    }

    /** Checks that a loader finds by their names the classes that an object reaches. */
    private static void checkNames(Object object, ClassLoader loader) throws IOException {
        Set<Class<?>> classes = new LinkedHashSet<>();
        try (ObjectWriter writer = new ObjectWriter(OutputStream.nullOutputStream())) {
            writer.classes = classes;
            writer.writeRoot(object);
        }
        for (Class<?> type : classes) {
            Class<?> found;
            try {
                found = Class.forName(type.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                throw new IOException(
                        type + " is not found by its loader " + CodeOrigin.nameOf(type.getClassLoader()), e);
            }
            if (found != type) {
                throw new InvalidClassException(
                        "it reaches " + type + " of the class loader " + CodeOrigin.nameOf(type.getClassLoader())
                                + ", and the class loader " + CodeOrigin.nameOf(found.getClassLoader())
                                + ", of which it reaches classes too, has another class of that name, so that reading it"
                                + " would mix them up; let the call reach classes of one of the two loaders alone");
            }
        }
    }

    /**
     * Writes an exception, so that its bytes can be read at any time. An exception that it refers to has bytes of its
     * own, so the exception is read even if that one cannot be written or read.
     *
     * @throws NotSerializableException if it reaches another object that is not serializable
     * @throws IOException if it cannot be written for another reason
     */
    public static Written writeThrowable(Throwable throwable) throws IOException {
        return whereItFits(() -> writeThrowable(throwable, new AtomicInteger(MAX_APART)));
    }

    static Written writeThrowable(Throwable throwable, AtomicInteger apart) throws IOException {
        UnlockedOutput bytes = new UnlockedOutput(MAX_BYTES);
        ObjectWriter writer = new ObjectWriter(bytes);
        writer.causes = CarriedThrowable.causesOf(throwable);
        writer.apart = apart;
        return writer.write(throwable, Purpose.RECORD, bytes);
    }

    /** Writes what a definition defines. */
    static byte[] writeDefined(Object defined) throws IOException {
        return write(defined, Purpose.DEFINITION).bytes();
    }

    private static Written write(@Nullable Object object, Purpose purpose) throws IOException {
        return whereItFits(() -> writeHere(object, purpose));
    }

    /** Writes on this thread, and again on one with a large stack if this one's is too small. */
    private static Written whereItFits(Callable<Written> writing) throws IOException {
        try {
            try {
                return writing.call();
            } catch (StackOverflowError e) {
                return DeepStack.call(writing);
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (StackOverflowError e) {
            throw new IOException(
                    "it is nested too deep to be written; system property " + PayloadLimits.DEPTH + ", which is "
                            + PayloadLimits.depthOrDefault() + ", says for how many levels there is room",
                    e);
        } catch (Exception e) {
            throw new IOException(e); // which writing does not throw
        }
    }

    private static Written writeHere(@Nullable Object object, Purpose purpose) throws IOException {
        Reusable idle = IDLE.getAndSet(null);
        Reusable taken = idle == null ? Reusable.make() : idle;
        Written written = taken.writer().write(object, purpose, taken.bytes());
        if (written.bytes().length <= MAX_KEPT) {
            taken.clear();
            IDLE.set(taken);
        }
        return written;
    }

    private Written write(@Nullable Object object, Purpose why, UnlockedOutput bytes) throws IOException {
        purpose = why;
        denied = DeniedClasses.get();
        bytes.write(WireFormat.OBJECTS);
        try {
            writeRoot(object);
        } catch (NotSerializableException e) {
            throw UnserializablePath.explain(object, e);
        }
        flush();
        bytes.checkComplete();
        List<Definition> apart = why == Purpose.CALL ? Definition.listOf(definitions.keySet()) : List.of();
        Upstreams upstreams = Upstreams.of(futures, settled);
        Written written = new Written(bytes.toByteArray(), apart, upstreams, origin);
        checkCost(written);
        return written;
    }

    /** Refuses what would be refused where it is read. */
    private void checkCost(Written written) throws IOException {
        PayloadCost cost = new PayloadCost(
                written.bytes(), 0, written.definitions(), written.origin().loader());
        String refusal = cost.depthRefusal();
        if (refusal == null && hashed) {
            refusal = cost.hashingRefusal();
        }
        if (refusal != null) {
            throw new InvalidClassException("refused to write " + refusal);
        }
    }

    private void writeRoot(@Nullable Object object) throws IOException {
        try {
            writeObject(object);
        } catch (RuntimeException e) {
            throw new IOException("writing it threw " + Failure.of(e), e);
        }
    }

    @Override
    protected void writeStreamHeader() {
        // each object has its own
    }

    @Override
    protected void writeClassDescriptor(ObjectStreamClass descriptor) throws IOException {
        Class<?> type = descriptor.forClass();
        checkClass(type);
        int number = WellKnownClasses.numberOf(type);
        if (number > 0) {
            writeByte(number);
        } else if (purpose == Purpose.DEFINITION) {
            writeByte(WireFormat.DESCRIPTOR);
            super.writeClassDescriptor(descriptor);
        } else if (purpose != Purpose.CLASSES) {
            writeDefinition(Definition.of(type));
        }
    }

    private void checkClass(Class<?> type) throws InvalidClassException {
        String refusal = denied.refusal(new JvmFilter.Asked(type, 0), JvmFilter.ofJvm());
        if (refusal != null) {
            throw new InvalidClassException("refused to write " + refusal);
        }
        hashed |= ClassTraits.of(type).hashesWhileRead();
    }

    /** Writes the shape of a lambda. */
    void writeShape(LambdaShape shape) throws IOException {
        if (purpose != Purpose.CLASSES) {
            writeDefinition(Definition.of(shape));
        }
    }

    private void writeDefinition(Definition definition) throws IOException {
        Integer number = definitions.get(definition);
        if (number == null) {
            number = definitions.size();
            definitions.put(definition, number);
            if (purpose == Purpose.RECORD) {
                writeByte(WireFormat.DEFINITION);
                writeInt(definition.bytes().length);
                write(definition.bytes());
                return;
            }
        }
        writeByte(WireFormat.DEFINITION_NUMBER);
        writeInt(number);
    }

    @Override
    protected void annotateClass(Class<?> written) {
        meet(written);
    }

    private void meet(Class<?> type) {
        origin = origin.with(CodeOrigin.of(type));
        if (classes != null && type.getClassLoader() != null) {
            classes.add(type);
        }
    }

    /** The code of a proxy is made from its interfaces wherever it is read. */
    @Override
    protected void annotateProxyClass(Class<?> written) {
        for (Class<?> type : written.getInterfaces()) {
            meet(type);
        }
    }

    @Override
    protected @Nullable Object replaceObject(Object object) {
        if (object instanceof FutureReference<?> reference) {
            futures.add(reference.live());
        }
        if (object instanceof SettledUpstream end && end.upstream() instanceof TaskFuture<?> upstream) {
            settled.add(upstream);
            return new SettledReference(upstream.key());
        }
        if (object instanceof Throwable cause && causes.contains(cause) && apart.getAndDecrement() > 0) {
            return CarriedThrowable.of(cause, apart);
        }
        if (object instanceof SerializedLambda lambda) {
            return LambdaShape.of(lambda)
                    .<Object>map(shape -> written(lambda, shape))
                    .orElse(lambda);
        }
        return object;
    }

    private WrittenLambda written(SerializedLambda lambda, LambdaShape shape) {
        meet(shape.capturingClass());
        return new WrittenLambda(shape, lambda);
    }

    /** A writer, and what it writes to. */
    private record Reusable(ObjectWriter writer, UnlockedOutput bytes) {
        static Reusable make() throws IOException {
            UnlockedOutput bytes = new UnlockedOutput(MAX_BYTES);
            return new Reusable(new ObjectWriter(bytes), bytes);
        }

        void clear() throws IOException {
            writer.futures.clear();
            writer.settled.clear();
            writer.definitions.clear();
            writer.origin = CodeOrigin.jdk();
            writer.hashed = false;
            writer.reset(); // forgets the objects, and writes that it did
            writer.flush();
            bytes.reset();
        }
    }

    /**
     * An object as bytes.
     *
     * @param bytes the stream
     * @param definitions those that reading the bytes takes, if it is a call, in their order
     * @param upstreams the futures that the object reaches
     * @param origin where its code comes from
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Written(byte[] bytes, List<Definition> definitions, Upstreams upstreams, CodeOrigin origin) {

        /** Returns the futures that the object reaches, each once. */
        public List<TaskFuture<?>> futures() {
            return upstreams.futures();
        }
    }
}
