package io.github.ignitetasks.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class loader of an application in this JVM: some classes of the tests it defines itself, the others are the tests'. */
public final class AppLoader extends ClassLoader {
    private static final ClassLoader TESTS = AppLoader.class.getClassLoader();

    /** What other applications have, this one does not. */
    private static final Set<String> OF_ONE_APPLICATION = Set.of(Apps.Order.class.getName(), Apps.Bill.class.getName());

    private final Set<String> own;

    private AppLoader(String name, ClassLoader parent, Class<?>... own) {
        super(name, parent);
        this.own = Stream.of(own).map(Class::getName).collect(Collectors.toSet());
    }

    /** Makes one whose parent is the tests' loader. */
    public static AppLoader below(String name, Class<?>... own) {
        return new AppLoader(name, TESTS, own);
    }

    /** Makes one that gets the other classes by a way of its own, as loaders of modules and plug-ins do. */
    public static AppLoader beside(String name, Class<?>... own) {
        return new AppLoader(name, ClassLoader.getPlatformClassLoader(), own);
    }

    /** Makes an object of a class as this loader knows it. */
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
