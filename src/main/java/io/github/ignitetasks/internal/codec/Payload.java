package io.github.ignitetasks.internal.codec;

import io.github.ignitetasks.TaskFuture;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bytes that are read, and what it takes to read them. To be used by one reader. */
final class Payload {
    private final byte[] bytes;
    private final int start;

    /** Those that went apart, then those met in the bytes. */
    private final List<Definition> definitions;

    /** Whether the bytes are a definition, which must not refer to others: they could go round in circles. */
    private final boolean isDefinition;

    private final ClassLoader loader;
    private final Function<FutureReference<?>, TaskFuture<?>> futures;
    private final PayloadFilter filter;

    /** How many exceptions may still have bytes of their own, in these bytes or in those of another such exception. */
    private AtomicInteger partsApart = new AtomicInteger(ObjectWriter.MAX_APART);

    /** The definitions as the class loader reads them; found when first needed. */
    private @Nullable KnownDefinitions known;

    private Payload(
            byte[] bytes,
            int start,
            List<Definition> definitions,
            boolean isDefinition,
            ClassLoader loader,
            Function<FutureReference<?>, TaskFuture<?>> futures)
            throws IOException {
        this.bytes = bytes;
        this.start = start;
        this.definitions = new ArrayList<>(definitions);
        this.isDefinition = isDefinition;
        this.loader = loader;
        this.futures = futures;
        this.filter = new PayloadFilter(new PayloadCost(bytes, start, definitions, loader));
    }

    /** Returns an object, which begins at an index; futures in it stay references. */
    static Payload object(byte[] bytes, int start, ClassLoader loader) throws IOException {
        return new Payload(bytes, start, List.of(), false, loader, reference -> reference);
    }

    /** Returns a call, which was written apart from these definitions; what the function gives takes a future's place. */
    static Payload call(
            byte[] bytes,
            List<Definition> definitions,
            ClassLoader loader,
            Function<FutureReference<?>, TaskFuture<?>> futures)
            throws IOException {
        return new Payload(bytes, 0, definitions, false, loader, futures);
    }

    /**
     * Counts an exception that has bytes of its own within these.
     *
     * @throws StreamCorruptedException if there are more of them than are written
     */
    void countApart() throws StreamCorruptedException {
        if (partsApart.getAndDecrement() <= 0) {
            throw new StreamCorruptedException("more than " + ObjectWriter.MAX_APART + " exceptions are written apart");
        }
    }

    /** Returns such an exception. */
    Payload apart(byte[] other) throws IOException {
        Payload apart = object(other, 0, loader);
        apart.partsApart = partsApart;
        return apart;
    }

    /** Returns what a definition defines. */
    static Payload definition(byte[] bytes, ClassLoader loader) throws IOException {
        return new Payload(bytes, 0, List.of(), true, loader, reference -> reference);
    }

    int length() {
        return bytes.length - start;
    }

    ClassLoader loader() {
        return loader;
    }

    PayloadFilter filter() {
        return filter;
    }

    TaskFuture<?> future(FutureReference<?> reference) {
        return futures.apply(reference);
    }

    /**
     * Has a stream read the bytes from here.
     *
     * @throws StreamCorruptedException if they do not begin as objects do
     */
    void feed(UnlockedInput in) throws StreamCorruptedException {
        if (length() > 0 && bytes[start] != WireFormat.OBJECTS) {
            throw WireFormat.unknown(bytes[start]);
        }
        in.take(bytes, Math.min(start + 1, bytes.length));
    }

    /** Adds a definition that was met in the bytes. */
    Definition define(byte[] defined) {
        Definition definition = new Definition(defined);
        definitions.add(definition);
        return definition;
    }

    /**
     * Returns the definition of a number.
     *
     * @throws StreamCorruptedException if there is none
     */
    Definition numbered(int number) throws StreamCorruptedException {
        if (number < 0 || number >= definitions.size()) {
            throw new StreamCorruptedException(
                    "definition " + number + " is missing: there are " + definitions.size() + ", from 0");
        }
        return definitions.get(number);
    }

    /**
     * Checks that the bytes may refer to definitions.
     *
     * @throws StreamCorruptedException if they are one themselves
     */
    void checkRefers() throws StreamCorruptedException {
        if (isDefinition) {
            throw new StreamCorruptedException("a definition refers to another");
        }
    }

    /**
     * Returns what a definition means.
     *
     * @throws IOException if it cannot be read, is refused, or means something else than is asked for
     * @throws ClassNotFoundException if the loader lacks a class
     */
    <T> T meaning(Definition definition, Class<T> type) throws IOException, ClassNotFoundException {
        if (known == null) {
            known = KnownDefinitions.of(loader);
        }
        return known.meaning(definition, type);
    }
}
