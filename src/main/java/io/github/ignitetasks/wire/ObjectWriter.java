package io.github.ignitetasks.wire;

import io.github.ignitetasks.TaskFuture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes one object by Java serialization and collects the futures that it reaches. */
public final class ObjectWriter extends ObjectOutputStream {
    /** By identity, because futures of two sessions may have one key. */
    private final Set<TaskFuture<?>> futures = new LinkedHashSet<>();

    private final boolean skipsUnserializable;

    private CodeOrigin origin = CodeOrigin.jdk();

    private ObjectWriter(OutputStream out, boolean skipsUnserializable) throws IOException {
        super(out);
        this.skipsUnserializable = skipsUnserializable;
        enableReplaceObject(true);
    }

    /**
     * Writes an object.
     *
     * @throws NotSerializableException if it reaches an object that is not serializable; the message says by which way
     * @throws IOException if a {@code writeObject} method throws an exception, or if it is nested too deep
     */
    public static Written write(@Nullable Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (ObjectWriter writer = new ObjectWriter(bytes, false)) {
            writer.writeRoot(object);
            writer.flush();
            return new Written(bytes.toByteArray(), List.copyOf(writer.futures), writer.origin);
        } catch (NotSerializableException e) {
            throw UnserializablePath.explain(object, e);
        }
    }

    /**
     * Returns the futures that an object reaches, without keeping what is written. What is not serializable is passed
     * over, with all that it holds.
     *
     * @throws IOException if a {@code writeObject} method throws an exception, or if it is nested too deep
     */
    public static List<TaskFuture<?>> futuresIn(Object object) throws IOException {
        try (ObjectWriter writer = new ObjectWriter(OutputStream.nullOutputStream(), true)) {
            writer.writeRoot(object);
            return List.copyOf(writer.futures);
        }
    }

    private void writeRoot(@Nullable Object object) throws IOException {
        try {
            writeObject(object);
        } catch (RuntimeException e) {
            throw new IOException("writing it threw " + e, e);
        } catch (StackOverflowError e) {
            throw new IOException("it is nested too deep to be written", e);
        }
    }

    @Override
    protected void annotateClass(Class<?> written) {
        origin = origin.with(CodeOrigin.of(written));
    }

    /** The code of a proxy is made from its interfaces wherever it is read. */
    @Override
    protected void annotateProxyClass(Class<?> written) {
        for (Class<?> type : written.getInterfaces()) {
            origin = origin.with(CodeOrigin.of(type));
        }
    }

    @Override
    protected @Nullable Object replaceObject(Object object) {
        if (object instanceof FutureReference<?> reference) {
            futures.add(reference.live());
        }
        return skipsUnserializable && !(object instanceof Serializable) ? null : object;
    }

    /**
     * An object as bytes.
     *
     * @param bytes the stream
     * @param futures the futures that the object reaches, each once
     * @param origin where its code comes from
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Written(byte[] bytes, List<TaskFuture<?>> futures, CodeOrigin origin) {}
}
