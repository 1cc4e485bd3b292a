package io.github.ignitetasks.internal.worker;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;

/**
 * The numbers of the class loaders of this JVM. A session sends them with its calls, so that another node of the same
 * JVM reads the calls with the same loader. The registry does not keep a loader from garbage collection. Safe to share
 * between threads.
 */
final class ClassLoaderRegistry {
    /** Tells the loaders of this JVM from those of other JVMs. */
    static final UUID JVM = UUID.randomUUID();

    private static final Map<ClassLoader, Long> NUMBERS = new WeakHashMap<>(); // guarded by itself
    private static final Map<Long, WeakReference<ClassLoader>> LOADERS = new HashMap<>(); // guarded by NUMBERS
    private static long last; // guarded by NUMBERS

    private ClassLoaderRegistry() {}

    /** Returns the number of a loader, from 1. */
    static long numberOf(ClassLoader loader) {
        synchronized (NUMBERS) {
            Long known = NUMBERS.get(loader);
            if (known != null) {
                return known;
            }
            LOADERS.values().removeIf(reference -> reference.refersTo(null));
            last++;
            NUMBERS.put(loader, last);
            LOADERS.put(last, new WeakReference<>(loader));
            return last;
        }
    }

    /** Returns the loader of a number; empty if the number comes from another JVM, or the loader is gone. */
    static Optional<ClassLoader> find(UUID jvm, long number) {
        synchronized (NUMBERS) {
            WeakReference<ClassLoader> known = jvm.equals(JVM) ? LOADERS.get(number) : null;
            return known == null ? Optional.empty() : Optional.ofNullable(known.get());
        }
    }
}
