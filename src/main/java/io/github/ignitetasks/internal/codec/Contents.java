package io.github.ignitetasks.internal.codec;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How to see what the objects of a class hold without running code of users. Immutable, safe to share. */
final class Contents {
    /** Those that neither lock nor hand on to another collection, which may be a user's. */
    private static final Set<Class<?>> COLLECTIONS = Set.of(
            ArrayList.class,
            ArrayDeque.class,
            LinkedList.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            PriorityQueue.class,
            ConcurrentLinkedQueue.class,
            ConcurrentLinkedDeque.class,
            ConcurrentSkipListSet.class,
            CopyOnWriteArrayList.class,
            CopyOnWriteArraySet.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            IdentityHashMap.class,
            EnumMap.class,
            ConcurrentHashMap.class,
            ConcurrentSkipListMap.class,
            AbstractMap.SimpleEntry.class,
            AbstractMap.SimpleImmutableEntry.class,
            Optional.class,
            AtomicReference.class,
            List.of().getClass(),
            List.of(1).getClass(),
            Set.of().getClass(),
            Set.of(1).getClass(),
            Map.of().getClass(),
            Map.of(1, 1).getClass(),
            Map.entry(1, 1).getClass(),
            Arrays.asList(1).getClass(),
            Collections.singleton(1).getClass(),
            Collections.singletonList(1).getClass(),
            Collections.singletonMap(1, 1).getClass());

    private static final ClassValue<Contents> OF_CLASSES = new ClassValue<>() {
        @Override
        protected Contents computeValue(Class<?> type) {
            return new Contents(type);
        }
    };

    private final CodeOrigin origin;
    private final boolean isCollection;
    private final boolean isCapturable;
    private final List<Field> fields;

    private Contents(Class<?> type) {
        this.origin = CodeOrigin.of(elementType(type));
        this.isCollection = COLLECTIONS.contains(type) || Object[].class.isAssignableFrom(type);
        this.isCapturable = !type.isAnnotationPresent(NotCapturable.class);
        this.fields = isCollection ? List.of() : fieldsOf(type);
    }

    /** Returns those of a class. */
    static Contents of(Class<?> type) {
        return OF_CLASSES.get(type);
    }

    private static Class<?> elementType(Class<?> type) {
        Class<?> component = type.getComponentType();
        return component == null ? type : elementType(component);
    }

    private static List<Field> fieldsOf(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        Class<?> holder = type;
        while (holder != null && holder.getClassLoader() != null && Serializable.class.isAssignableFrom(holder)) {
            for (Field field : holder.getDeclaredFields()) {
                if (mayHoldFutures(field) && field.trySetAccessible()) {
                    fields.add(field);
                }
            }
            holder = holder.getSuperclass();
        }
        return List.copyOf(fields);
    }

    private static boolean mayHoldFutures(Field field) {
        int modifiers = field.getModifiers();
        return !Modifier.isStatic(modifiers)
                && !Modifier.isTransient(modifiers)
                && !elementType(field.getType()).isPrimitive()
                && field.getType() != String.class;
    }

    /** Returns where the code of the class comes from. */
    CodeOrigin origin() {
        return origin;
    }

    /** Returns whether an object of the class may hold futures that can be seen. */
    boolean mayHoldFutures() {
        return isCollection || !fields.isEmpty();
    }

    /** Returns whether calls may reach objects of the class. */
    boolean isCapturable() {
        return isCapturable;
    }

    /** Returns whether objects of the class are seen by their elements, not their fields. */
    boolean isCollection() {
        return isCollection;
    }

    /** Returns what the fields of an object hold. */
    Stream<@Nullable Object> values(Object object) {
        return fields.stream().map(field -> value(field, object));
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError("a field that was made accessible", e);
        }
    }

    /** Returns the elements of a collection of the JDK, an array, or what else holds some. */
    static Iterator<?> elements(Object object) {
        if (object instanceof Collection<?> collection) {
            return collection.iterator();
        } else if (object instanceof Map<?, ?> map) {
            return map.entrySet().stream().flatMap(Contents::both).iterator();
        } else if (object instanceof Map.Entry<?, ?> entry) {
            return both(entry).iterator();
        } else if (object instanceof Optional<?> optional) {
            return optional.stream().iterator();
        } else if (object instanceof AtomicReference<?> reference) {
            return Arrays.asList(reference.get()).iterator();
        } else {
            return Arrays.asList((Object[]) object).iterator();
        }
    }

    private static Stream<@Nullable Object> both(Map.Entry<?, ?> entry) {
        return Stream.of(entry.getKey(), entry.getValue());
    }
}
