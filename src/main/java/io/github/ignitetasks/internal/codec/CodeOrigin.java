package io.github.ignitetasks.internal.codec;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the code of an object comes from: one class of each loader that it takes to know all classes of the object. Mostly
 * that is one loader; of several none knows the classes of another. Immutable, safe to share.
 */
public final class CodeOrigin {
    private static final CodeOrigin JDK = new CodeOrigin(List.of(), ClassLoader.getSystemClassLoader());

    /** Each is made once, as each call that waits has one. */
    private static final ClassValue<CodeOrigin> OF_CLASSES = new ClassValue<>() {
        @Override
        protected CodeOrigin computeValue(Class<?> type) {
            ClassLoader loader = type.getClassLoader();
            return loader == null ? JDK : new CodeOrigin(List.of(type), loader);
        }
    };

    private final List<Class<?>> types;
    private final ClassLoader loader;

    /** The latest join that took a look at classes. */
    private volatile @Nullable Join latest;

    private CodeOrigin(List<Class<?>> types, ClassLoader loader) {
        this.types = types;
        this.loader = loader;
    }

    /** Returns the origin of objects of the JDK. */
    public static CodeOrigin jdk() {
        return JDK;
    }

    /** Returns the origin of objects of that class. */
    public static CodeOrigin of(Class<?> type) {
        return OF_CLASSES.get(type);
    }

    /** Returns a class of the loader that comes first; empty if all classes are the JDK's. */
    public Optional<Class<?>> type() {
        return types.stream().findFirst();
    }

    /** Returns the loader; of several, one that asks each of them in turn, and is the same as long as it is in use. */
    public ClassLoader loader() {
        return loader;
    }

    /** Returns whether there are several loaders. */
    public boolean isOfSiblings() {
        return types.size() > 1;
    }

    /** Returns what the loaders are called. */
    public List<String> loaderNames() {
        return types.stream().map(type -> nameOf(type.getClassLoader())).toList();
    }

    /** Returns what a loader is called in messages. */
    static String nameOf(@Nullable ClassLoader loader) {
        if (loader == null) {
            return "of the JDK";
        }
        return loader.getName() == null ? loader.toString() : "'" + loader.getName() + "' (" + loader + ")";
    }

    /** Returns the origin of what reaches both: one of the two if its loader knows the classes of the other. */
    public CodeOrigin with(CodeOrigin other) {
        if (other == this || other.types.isEmpty()) {
            return this;
        }
        if (types.isEmpty() || isBelow(other.loader, loader)) {
            return other;
        }
        return other.loader == loader || isBelow(loader, other.loader) ? this : join(other);
    }

    /** Returns the one of the two whose loader is below the other's; this one if neither is. */
    public CodeOrigin orBelow(CodeOrigin other) {
        return !other.types.isEmpty() && (types.isEmpty() || isBelow(other.loader, loader)) ? other : this;
    }

    private static boolean isBelow(ClassLoader loader, ClassLoader other) {
        ClassLoader parent = loader.getParent();
        while (parent != null && parent != other) {
            parent = parent.getParent();
        }
        return parent == other;
    }

    /** To ask loaders for classes takes long, and calls of one application ask for the same: so the answer is kept. */
    private CodeOrigin join(CodeOrigin other) {
        CodeOrigin known = Join.result(latest, this, other);
        if (known == null) {
            known = Join.result(other.latest, this, other);
        }
        if (known == null) {
            known = joinAnew(other);
            Join join = new Join(new WeakReference<>(this), new WeakReference<>(other), new WeakReference<>(known));
            latest = join;
            other.latest = join;
        }
        return known;
    }

    private CodeOrigin joinAnew(CodeOrigin other) {
        List<Class<?>> all = new ArrayList<>(types);
        for (Class<?> type : other.types) {
            if (all.stream().noneMatch(known -> knows(known.getClassLoader(), type))) {
                all.removeIf(known -> knows(type.getClassLoader(), known));
                all.add(type);
            }
        }
        if (all.equals(types)) {
            return this;
        }
        return all.size() == 1 ? of(all.get(0)) : new CodeOrigin(List.copyOf(all), SiblingLoaders.of(all));
    }

    /** Returns whether a loader finds that class, by its parents or by other ways. */
    private static boolean knows(ClassLoader loader, Class<?> type) {
        if (loader == type.getClassLoader()) {
            return true;
        }
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Two origins and their common one. It keeps no loader from being collected. */
    private record Join(
            WeakReference<CodeOrigin> first, WeakReference<CodeOrigin> second, WeakReference<CodeOrigin> result) {

        static @Nullable CodeOrigin result(@Nullable Join join, CodeOrigin first, CodeOrigin second) {
            return join != null && join.first.refersTo(first) && join.second.refersTo(second)
                    ? join.result.get()
                    : null;
        }
    }
}
