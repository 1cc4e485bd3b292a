package io.github.ignitetasks.internal.codec;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.lang.invoke.SerializedLambda;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The traits of a class that decide what reading its objects costs. Immutable, safe to share.
 *
 * @param hashesContent whether the hash of an object may be made of the hashes of what it refers to
 * @param hashesWhileRead whether objects may be hashed while one that holds them is read
 * @param runsCode whether code of the class runs while an object is read, which may hash all that the object refers to
 * @param takesFields whether reading an object takes the fields that stand in a stream before what
 *     {@code writeObject} wrote beside them
 * @param isRecord whether it is a record, whose objects are written by their components alone
 */
record ClassTraits(
        boolean hashesContent, boolean hashesWhileRead, boolean runsCode, boolean takesFields, boolean isRecord) {
    /** Of a class that is not there: reading its objects fails anyway. */
    static final ClassTraits UNKNOWN = new ClassTraits(false, false, false, true, false);

    /** Of a proxy, whose hash is up to its handler. */
    static final ClassTraits OF_PROXY = new ClassTraits(true, false, false, true, false);

    /** The JDK's collections that hash what they hold while they are read, with those that extend them. */
    private static final List<Class<?>> HASH_TABLES =
            List.of(HashMap.class, HashSet.class, Hashtable.class, ConcurrentHashMap.class);

    /** Classes of this library that hash nothing: those of lambdas, futures and exceptions. */
    private static final Set<Class<?>> OF_LIBRARY = Set.of(
            WrittenLambda.class,
            LambdaShape.class,
            FutureReference.class,
            SettledReference.class,
            CarriedThrowable.class);

    /** The class that replaces in a stream the collections of {@code List.of}, {@code Set.of} and {@code Map.of}. */
    static final String IMMUTABLE_COLLECTION = "java.util.CollSer";

    private static final ClassValue<ClassTraits> KNOWN = new ClassValue<>() {
        @Override
        protected ClassTraits computeValue(Class<?> type) {
            boolean runsCode = runsCode(type);
            return new ClassTraits(
                    hashesContent(type), runsCode || isHashTable(type), runsCode, takesFields(type), type.isRecord());
        }
    };

    static ClassTraits of(Class<?> type) {
        return KNOWN.get(type);
    }

    private static boolean hashesContent(Class<?> type) {
        if (type == SerializedLambda.class || isOfLibrary(type)) {
            return false;
        }
        if (type.isArray() || declares(type, "readResolve")) {
            return true; // what stands for another object, which may hash all that this one holds
        }
        try {
            Class<?> hashing = type.getMethod("hashCode").getDeclaringClass();
            return hashing != Object.class && hashing != Enum.class;
        } catch (NoSuchMethodException | LinkageError e) {
            return true; // it has one, so it is the class that cannot be looked at
        }
    }

    private static boolean isHashTable(Class<?> type) {
        return HASH_TABLES.stream().anyMatch(table -> table.isAssignableFrom(type))
                || type.getName().equals(IMMUTABLE_COLLECTION);
    }

    /** Code of the JDK's base module is known, and that of this library; other code may hash what it reads. */
    private static boolean runsCode(Class<?> type) {
        if (type.isRecord()) {
            return false;
        }
        for (Class<?> each = type; each != null && !isKnown(each); each = each.getSuperclass()) {
            if (declares(each, "readObject", ObjectInputStream.class)
                    || declares(each, "readResolve")
                    || declares(each, "readObjectNoData")
                    || Externalizable.class.isAssignableFrom(each)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKnown(Class<?> type) {
        return type.getModule() == Object.class.getModule() || isOfLibrary(type);
    }

    private static boolean isOfLibrary(Class<?> type) {
        return OF_LIBRARY.contains(type);
    }

    /**
     * Returns whether the class's {@code readObject} asks for the fields, as nearly every one does. The stream does not
     * tell, so its code is looked at.
     */
    private static boolean takesFields(Class<?> type) {
        if (isKnown(type) || !declares(type, "readObject", ObjectInputStream.class)) {
            return true;
        }
        String code = codeOf(type);
        return code == null || code.contains("defaultReadObject") || code.contains("readFields");
    }

    private static @Nullable String codeOf(Class<?> type) {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean declares(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getDeclaredMethod(method, parameters) != null;
        } catch (NoSuchMethodException e) {
            return false;
        } catch (LinkageError e) {
            return true; // a class that it names is missing
        }
    }
}
