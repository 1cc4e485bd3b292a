package io.github.ignitetasks.internal.codec;

import java.io.IOException;
import java.io.ObjectStreamClass;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A part that many objects have in common: the descriptor of a class, or the shape of a lambda. It has bytes of its own,
 * so that it is written, sent and read once for all of them.
 *
 * <p>It says the same everywhere; which class it means is up to the class loader that reads it. Two are equal when their
 * bytes are. Immutable, safe to share.
 */
public final class Definition {
    /** Each is made once, and kept with its class. */
    private static final ClassValue<Definition> OF_CLASSES = new ClassValue<>() {
        @Override
        protected Definition computeValue(Class<?> type) {
            return write(ObjectStreamClass.lookupAny(type));
        }
    };

    private static final ClassValue<ConcurrentMap<LambdaShape, Definition>> OF_LAMBDAS = new ClassValue<>() {
        @Override
        protected ConcurrentMap<LambdaShape, Definition> computeValue(Class<?> capturingClass) {
            return new ConcurrentHashMap<>();
        }
    };

    private final byte[] bytes;
    private final int hash;

    /** This definition as a list. Many calls have one definition, so they share the list. */
    private final List<Definition> alone = List.of(this);

    /** Takes the bytes of a definition. */
    public Definition(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /** Returns the definition of a class. */
    static Definition of(Class<?> type) {
        return OF_CLASSES.get(type);
    }

    /** Returns the definition of a lambda's shape. */
    static Definition of(LambdaShape shape) {
        return OF_LAMBDAS.get(shape.capturingClass()).computeIfAbsent(shape, Definition::write);
    }

    private static Definition write(Object defined) {
        try {
            return new Definition(ObjectWriter.writeDefined(defined));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns definitions as a list, which calls with the same one share. */
    static List<Definition> listOf(Collection<Definition> definitions) {
        return definitions.size() == 1 ? definitions.iterator().next().alone : List.copyOf(definitions);
    }

    /** Returns the bytes; they are not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Definition that && Arrays.equals(bytes, that.bytes));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
