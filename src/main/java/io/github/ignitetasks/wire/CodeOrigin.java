package io.github.ignitetasks.wire;

import java.util.Optional;

/**
 * Where the code of an object comes from: a class whose loader knows all classes of the object, as far as one does.
 *
 * @param type that class; empty if all are the JDK's
 */
public record CodeOrigin(Optional<Class<?>> type) {
    private static final CodeOrigin JDK = new CodeOrigin(Optional.empty());

    /** Each is made once, as each call that waits has one. */
    private static final ClassValue<CodeOrigin> OF_CLASSES = new ClassValue<>() {
        @Override
        protected CodeOrigin computeValue(Class<?> type) {
            return type.getClassLoader() == null ? JDK : new CodeOrigin(Optional.of(type));
        }
    };

    /** Returns the origin of objects of the JDK. */
    public static CodeOrigin jdk() {
        return JDK;
    }

    /** Returns the origin of objects of that class. */
    static CodeOrigin of(Class<?> type) {
        return OF_CLASSES.get(type);
    }

    /** Returns the loader. */
    public ClassLoader loader() {
        return type.isEmpty() ? ClassLoader.getSystemClassLoader() : type.get().getClassLoader();
    }

    /** Returns the one of the two that knows the other's classes; this one if neither does. */
    public CodeOrigin with(CodeOrigin other) {
        return other.type.isPresent() && (type.isEmpty() || isBelow(other.loader(), loader())) ? other : this;
    }

    private static boolean isBelow(ClassLoader loader, ClassLoader other) {
        ClassLoader parent = loader.getParent();
        while (parent != null && parent != other) {
            parent = parent.getParent();
        }
        return parent == other;
    }
}
