package io.github.ignitetasks.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class loader of an application in this JVM. It defines some test classes itself and takes the others from the
 * tests' loader.
 */
public final class AppLoader extends ClassLoader {
    private static final ClassLoader TESTS = AppLoader.class.getClassLoader();

    /** The classes of single applications. A loader finds such a class only if it defines the class itself. */
    private static final Set<String> OF_ONE_APPLICATION = Set.of(Apps.Order.class.getName(), Apps.Bill.class.getName());

    private final Set<String> own;

    private AppLoader(String name, ClassLoader parent, Class<?>... own) {
        super(name, parent);
        this.own = Stream.of(own).map(Class::getName).collect(Collectors.toSet());
    }

    /** Makes a loader whose parent is the tests' loader. */
    public static AppLoader below(String name, Class<?>... own) {
        return new AppLoader(name, TESTS, own);
    }

    /**
     * Makes a loader that finds the other classes by its own code and not by its parent, like the loaders of modules
     * and plug-ins.
     */
    public static AppLoader beside(String name, Class<?>... own) {
        return new AppLoader(name, ClassLoader.getPlatformClassLoader(), own);
    }

    /** Makes an object of the class that this loader finds under the name of {@code type}. */
    public <T extends Serializable> T make(Class<? extends T> type, Class<T> as) {
        try {
            return as.cast(loadClass(type.getName()).getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make a " + type, e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!own.contains(name)) {
                if (OF_ONE_APPLICATION.contains(name)) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return TESTS.loadClass(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = TESTS.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
