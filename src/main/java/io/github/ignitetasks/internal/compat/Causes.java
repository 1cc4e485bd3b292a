package io.github.ignitetasks.internal.compat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A search through the causes of an exception, including suppressed exceptions. */
public final class Causes {
    private Causes() {}

    /** Returns whether the exception, or one of its causes, is of one of these types. */
    public static boolean have(@Nullable Throwable problem, Class<?>... types) {
        return find(problem, types, Collections.newSetFromMap(new IdentityHashMap<>())) != null;
    }

    /** Returns the first exception of this type; null if there is none. */
    public static <T extends Throwable> @Nullable T find(@Nullable Throwable problem, Class<T> type) {
        Class<?>[] types = {type};
        return type.cast(find(problem, types, Collections.newSetFromMap(new IdentityHashMap<>())));
    }

    /** Follows causes by a loop, as a chain of them may be longer than a stack is deep. */
    private static @Nullable Throwable find(@Nullable Throwable problem, Class<?>[] types, Set<Throwable> seen) {
        for (Throwable each = problem; each != null && seen.add(each); each = each.getCause()) {
            for (Class<?> type : types) {
                if (type.isInstance(each)) {
                    return each;
                }
            }
            for (Throwable suppressed : each.getSuppressed()) {
                Throwable found = find(suppressed, types, seen);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
