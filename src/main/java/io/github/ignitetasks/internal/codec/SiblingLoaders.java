package io.github.ignitetasks.internal.codec;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A class loader that asks several others in turn: the loader of a call that reaches classes of all of them. There is one
 * for the same loaders in the same order. Safe to share between threads.
 */
final class SiblingLoaders extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    /** By the loader that comes first; guarded by itself. It keeps no loader from being collected. */
    private static final Map<ClassLoader, List<WeakReference<SiblingLoaders>>> KNOWN = new WeakHashMap<>();

    private final List<ClassLoader> loaders;

    private SiblingLoaders(List<ClassLoader> loaders) {
        super(loaders.stream().map(CodeOrigin::nameOf).collect(joining(" and ")), null);
        this.loaders = loaders;
    }

    /** Returns the one that asks the loaders of these classes. */
    static SiblingLoaders of(List<Class<?>> types) {
        List<ClassLoader> loaders =
                types.stream().<ClassLoader>map(Class::getClassLoader).toList();
        synchronized (KNOWN) {
            List<WeakReference<SiblingLoaders>> known =
                    KNOWN.computeIfAbsent(loaders.get(0), first -> new ArrayList<>());
            known.removeIf(reference -> reference.refersTo(null));
            for (WeakReference<SiblingLoaders> reference : known) {
                SiblingLoaders siblings = reference.get();
                if (siblings != null && siblings.loaders.equals(loaders)) {
                    return siblings;
                }
            }
            SiblingLoaders siblings = new SiblingLoaders(loaders);
            known.add(new WeakReference<>(siblings));
            return siblings;
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        ClassNotFoundException missing = new ClassNotFoundException(name);
        for (ClassLoader loader : loaders) {
            try {
                return loader.loadClass(name);
            } catch (ClassNotFoundException e) {
                missing.addSuppressed(e);
            }
        }
        throw missing;
    }

    @Override
    public @Nullable URL getResource(String name) {
        for (ClassLoader loader : loaders) {
            URL found = loader.getResource(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        for (ClassLoader loader : loaders) {
            for (URL each : Collections.list(loader.getResources(name))) {
                if (found.stream().noneMatch(known -> known.toExternalForm().equals(each.toExternalForm()))) {
                    found.add(each);
                }
            }
        }
        return Collections.enumeration(found);
    }
}
