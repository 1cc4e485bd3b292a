package io.github.ignitetasks.internal.compat;

import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.apache.ignite.Ignite;
import org.apache.ignite.internal.util.typedef.internal.U;
import org.jspecify.annotations.Nullable;

/**
 * The Ignite instance of the current thread. {@code Ignition.localIgnite()} returns this instance. Deserialized objects
 * such as an {@code Ignite} or a cache resolve to it. Ignite keeps the name of the instance in a thread-local variable.
 */
public final class IgniteThreadContext {
    private IgniteThreadContext() {}

    /** Runs an action on this thread with that Ignite as the thread's instance. */
    public static <T extends @Nullable Object> T with(Ignite ignite, Supplier<T> action) {
        String name = ignite.name();
        String before = U.setCurrentIgniteName(name);
        try {
            return action.get();
        } finally {
            U.restoreOldIgniteName(before, name);
        }
    }

    /** Returns a factory of threads that have that Ignite as their instance for as long as they live. */
    public static ThreadFactory threads(Ignite ignite, ThreadFactory plain) {
        String name = ignite.name();
        return work -> plain.newThread(() -> {
            String unused = U.setCurrentIgniteName(name);
            work.run();
        });
    }
}
