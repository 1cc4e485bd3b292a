package io.github.ignitetasks.internal.codec;

import static java.util.Objects.requireNonNull;

import java.io.ObjectStreamClass;
import java.io.StreamCorruptedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes whose descriptors every reader has: of one that is listed here only its number is written.
 *
 * <p>Records outlive the library that wrote them: names are added at the end alone, and none is taken away. A class of
 * the JDK is listed only if its descriptor is the same in every JDK from 17 on, as it is of classes whose serialized form
 * is specified and whose {@code serialVersionUID} is declared; a test holds the list to that.
 */
final class WellKnownClasses {
    static final List<String> NAMES = List.of(
            "[B",
            "[C",
            "[D",
            "[F",
            "[I",
            "[J",
            "[Ljava.lang.Object;",
            "[Ljava.lang.StackTraceElement;",
            "[Ljava.lang.String;",
            "[S",
            "[Z",
            "java.io.FileNotFoundException",
            "java.io.IOException",
            "java.io.UncheckedIOException",
            "java.lang.ArithmeticException",
            "java.lang.AssertionError",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.ClassCastException",
            "java.lang.Double",
            "java.lang.Enum",
            "java.lang.Error",
            "java.lang.Exception",
            "java.lang.Float",
            "java.lang.IllegalArgumentException",
            "java.lang.IllegalStateException",
            "java.lang.IndexOutOfBoundsException",
            "java.lang.Integer",
            "java.lang.InterruptedException",
            "java.lang.Long",
            "java.lang.NullPointerException",
            "java.lang.Number",
            "java.lang.NumberFormatException",
            "java.lang.RuntimeException",
            "java.lang.Short",
            "java.lang.StackTraceElement",
            "java.lang.Throwable",
            "java.lang.UnsupportedOperationException",
            "java.lang.invoke.SerializedLambda",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.net.URI",
            "java.time.Ser",
            "java.util.AbstractMap$SimpleEntry",
            "java.util.AbstractMap$SimpleImmutableEntry",
            "java.util.ArrayDeque",
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.BitSet",
            "java.util.CollSer",
            "java.util.Collections$EmptyList",
            "java.util.Collections$EmptyMap",
            "java.util.Collections$EmptySet",
            "java.util.Collections$SingletonList",
            "java.util.Collections$SingletonMap",
            "java.util.Collections$SingletonSet",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableMap",
            "java.util.Collections$UnmodifiableRandomAccessList",
            "java.util.Collections$UnmodifiableSet",
            "java.util.Date",
            "java.util.EnumMap",
            "java.util.EnumSet$SerializationProxy",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedList",
            "java.util.NoSuchElementException",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.UUID",
            "java.util.concurrent.ExecutionException",
            "java.util.concurrent.TimeoutException",
            "io.github.ignitetasks.internal.codec.FutureReference",
            "io.github.ignitetasks.internal.codec.WrittenLambda",
            "io.github.ignitetasks.internal.codec.LambdaShape",
            "io.github.ignitetasks.internal.codec.CarriedThrowable");

    private static final List<Class<?>> CLASSES =
            NAMES.stream().<Class<?>>map(WellKnownClasses::find).toList();

    private static final Map<Class<?>, Integer> NUMBERS = new HashMap<>();

    static {
        for (Class<?> type : CLASSES) {
            NUMBERS.put(type, NUMBERS.size() + 1);
        }
    }

    private WellKnownClasses() {}

    private static Class<?> find(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this JDK lacks class " + name + ", which is in every JDK from 17 on", e);
        }
    }

    /** Returns the number of a class; 0 if it is not listed. */
    static int numberOf(Class<?> type) {
        return NUMBERS.getOrDefault(type, 0);
    }

    /** Returns the descriptor of the class that has a number. */
    static ObjectStreamClass descriptor(int number) throws StreamCorruptedException {
        if (number < 1 || number > CLASSES.size()) {
            throw new StreamCorruptedException(
                    "class number " + number + " is unknown: it was written by a newer version of this library");
        }
        Class<?> type = CLASSES.get(number - 1);
        return requireNonNull(ObjectStreamClass.lookup(type), type.getName()); // kept by the JDK; all at once take long
    }
}
