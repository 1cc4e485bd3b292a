package io.github.ignitetasks.internal.compat;

import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.apache.ignite.Ignite;
import org.apache.ignite.internal.util.typedef.internal.U;

/**
 * The Ignite that code on a thread gets: from {@code Ignition.localIgnite()}, and in place of an {@code Ignite}, a cache or
 * another of Ignite's objects that is read there. Ignite keeps its name for each thread.
 */
public final class IgniteThreadContext {
    private IgniteThreadContext() {}

    /** Does something on this thread with that Ignite. */
    public static <T> T with(Ignite ignite, Supplier<T> action) {
        String name = ignite.name();
        String before = U.setCurrentIgniteName(name);
        try {
            return action.get();
        } finally {
            U.restoreOldIgniteName(before, name);
        }
    }

    /** Returns what makes threads that have that Ignite for as long as they live. */
    public static ThreadFactory threads(Ignite ignite, ThreadFactory plain) {
        String name = ignite.name();
        return work -> plain.newThread(() -> {
            String unused = U.setCurrentIgniteName(name);
            work.run();
        });
    }
}
