package io.github.ignitetasks.internal.codec;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way by which an object reaches one that is not serializable, because the JDK names only the class of the
 * latter. Used after a failure, so it looks rather than being fast; what reflection may not open it leaves out.
 */
public final class UnserializablePath {
    private static final int MAX_DEPTH = 100;

    /** Javac names the body of a serializable lambda by its method, a hash and a number; other compilers leave out some. */
    private static final Pattern LAMBDA_BODY = Pattern.compile("lambda\\$(.+?)\\$(\\p{XDigit}+\\$)?\\d+");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The class that the JDK named; what else is not serializable may have been replaced or left out. */
    private final String culprit;

    private UnserializablePath(String culprit) {
        this.culprit = culprit;
    }

    /** Returns the exception with a message that names the way to the object. */
    static NotSerializableException explain(@Nullable Object root, NotSerializableException cause) {
        String culprit = String.valueOf(cause.getMessage());
        String what = culprit + " is not serializable";
        String message = new UnserializablePath(culprit)
                .search(root, 0)
                .filter(way -> !way.isEmpty())
                .map(way -> what + ": it is " + way)
                .orElse(what);
        NotSerializableException explained = new NotSerializableException(message + remedy(culprit));
        explained.initCause(cause);
        return explained;
    }

    /** Returns the exception of a submission whose call cannot be serialized. */
    public static IllegalArgumentException refusal(String key, IOException cause) {
        String problem = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new IllegalArgumentException("the call of task '" + key + "' cannot be serialized: " + problem, cause);
    }

    /** Returns the way from this object to one that is not serializable, empty text if it is this one. */
    private Optional<String> search(@Nullable Object object, int depth) {
        if (object == null || depth > MAX_DEPTH || !seen.add(object)) {
            return Optional.empty();
        }
        if (object.getClass().getName().equals(culprit)) {
            return Optional.of("");
        }
        if (!(object instanceof Serializable) || object instanceof TaskFuture<?>) {
            return Optional.empty(); // a future is written as its key
        }
        if (object instanceof Object[] array) {
            return searchAll(Arrays.asList(array), "an element of an array", depth);
        }
        if (object instanceof Collection<?> collection) {
            return searchAll(collection, "an element of a " + typeOf(object), depth)
                    .or(() -> searchFields(object, depth));
        }
        if (object instanceof Map<?, ?> map) {
            return searchAll(map.keySet(), "a key of a " + typeOf(object), depth)
                    .or(() -> searchAll(map.values(), "a value of a " + typeOf(object), depth))
                    .or(() -> searchFields(object, depth));
        }
        return lambda(object).map(lambda -> searchLambda(lambda, depth)).orElseGet(() -> searchFields(object, depth));
    }

    /** Returns what to do instead of reaching an object of this library; empty text for any other class. */
    private static String remedy(String culprit) {
        try {
            Class<?> type = Class.forName(culprit, false, UnserializablePath.class.getClassLoader());
            NotCapturable mark = type.getAnnotation(NotCapturable.class);
            if (mark != null) {
                return "; " + mark.remedy();
            }
            return TaskSession.class.isAssignableFrom(type)
                    ? "; inside the task, submit by session() of its TaskContext, or let it capture the TaskRunner"
                    : "";
        } catch (ClassNotFoundException | LinkageError e) {
            return ""; // not of this library
        }
    }

    private Optional<String> searchAll(Iterable<?> elements, String place, int depth) {
        for (Object element : elements) {
            Optional<String> way = search(element, depth + 1).map(rest -> join(rest, place));
            if (way.isPresent()) {
                return way;
            }
        }
        return Optional.empty();
    }

    private Optional<String> searchLambda(SerializedLambda lambda, int depth) {
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            Object argument = lambda.getCapturedArg(i);
            if (argument != null) {
                String place = "captured argument " + (i + 1) + " (" + typeOf(argument) + ") of the lambda in "
                        + lambda.getCapturingClass().replace('/', '.') + "." + enclosingMethod(lambda);
                Optional<String> way = search(argument, depth + 1).map(rest -> join(rest, place));
                if (way.isPresent()) {
                    return way;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> searchFields(Object object, int depth) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            ObjectStreamClass described = ObjectStreamClass.lookup(type);
            if (described == null) {
                break; // not serializable from here upwards: not written
            }
            for (ObjectStreamField field : described.getFields()) {
                String place = "field '" + field.getName() + "' of " + type.getName();
                Optional<String> way =
                        search(value(type, field, object), depth + 1).map(rest -> join(rest, place));
                if (way.isPresent()) {
                    return way;
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object value(Class<?> type, ObjectStreamField described, Object object) {
        try {
            Field field = type.getDeclaredField(described.getName());
            return described.isPrimitive() || !field.trySetAccessible() ? null : field.get(object);
        } catch (ReflectiveOperationException e) {
            return null; // a serial field without a field of that name: nothing to look into
        }
    }

    private static Optional<SerializedLambda> lambda(Object object) {
        if (!object.getClass().isSynthetic()) {
            return Optional.empty();
        }
        try {
            Method writeReplace = object.getClass().getDeclaredMethod("writeReplace");
            return writeReplace.trySetAccessible() && writeReplace.invoke(object) instanceof SerializedLambda lambda
                    ? Optional.of(lambda)
                    : Optional.empty();
        } catch (ReflectiveOperationException e) {
            return Optional.empty(); // synthetic, yet no lambda
        }
    }

    /** Returns {@code start} for a body that the compiler named {@code lambda$start$2f3a$1}. */
    private static String enclosingMethod(SerializedLambda lambda) {
        Matcher named = LAMBDA_BODY.matcher(lambda.getImplMethodName());
        return named.matches() ? named.group(1) : lambda.getImplMethodName();
    }

    private static String typeOf(Object object) {
        return object.getClass().getName();
    }

    private static String join(String inner, String place) {
        return inner.isEmpty() ? place : inner + ", in " + place;
    }
}
