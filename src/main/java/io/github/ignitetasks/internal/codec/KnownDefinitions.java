package io.github.ignitetasks.internal.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The definitions as one class loader reads them, each once. Safe to share between threads. */
final class KnownDefinitions {
    /**
     * Guarded by itself. Nothing but those who read holds what is in it, so that no loader is kept from being collected;
     * what is read anew after that is little.
     */
    private static final Map<ClassLoader, WeakReference<KnownDefinitions>> BY_LOADER = new WeakHashMap<>();

    private final ClassLoader loader;
    private final ConcurrentMap<Definition, Object> meanings = new ConcurrentHashMap<>();

    private KnownDefinitions(ClassLoader loader) {
        this.loader = loader;
    }

    /** Returns those of a loader. */
    static KnownDefinitions of(ClassLoader loader) {
        synchronized (BY_LOADER) {
            WeakReference<KnownDefinitions> reference = BY_LOADER.get(loader);
            KnownDefinitions known = reference == null ? null : reference.get();
            if (known == null) {
                known = new KnownDefinitions(loader);
                BY_LOADER.put(loader, new WeakReference<>(known));
            }
            return known;
        }
    }

    /**
     * Returns what a definition means.
     *
     * @throws IOException if it cannot be read, is refused, or means something else than is asked for
     * @throws ClassNotFoundException if the loader lacks a class
     */
    <T> T meaning(Definition definition, Class<T> type) throws IOException, ClassNotFoundException {
        Object meaning = meanings.get(definition);
        if (meaning == null) {
            meaning = ObjectReader.readDefined(definition.bytes(), loader);
            meanings.put(definition, meaning);
        }
        if (!type.isInstance(meaning)) {
            throw new StreamCorruptedException("the definition of a " + type.getName() + " is one of " + meaning);
        }
        return type.cast(meaning);
    }
}
