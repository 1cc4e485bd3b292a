package io.github.ignitetasks.internal.execution;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The properties of a thread that code may change: its context class loader, name, priority, handler of uncaught
 * exceptions, and the MDC. An attempt at a call saves them before and restores them afterwards. So neither the next
 * attempt nor the caller finds changes that the code left behind. Only its own thread uses it.
 */
final class ThreadContext {
    private final Thread thread = Thread.currentThread();
    private final @Nullable ClassLoader loader = thread.getContextClassLoader();
    private final String name = thread.getName();
    private final int priority = thread.getPriority();
    private final @Nullable UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();

    /** The MDC; null or empty for none, depending on the logging library. */
    private final @Nullable Map<String, String> mdc = MDC.getCopyOfContextMap();

    private ThreadContext() {}

    /** Saves the properties of this thread, and sets the context class loader for a call. */
    static ThreadContext enter(@Nullable ClassLoader loader) {
        ThreadContext before = new ThreadContext();
        if (before.loader != loader) {
            before.thread.setContextClassLoader(loader);
        }
        return before;
    }

    /** Restores the properties of the thread, and leaves unchanged ones alone. */
    @SuppressWarnings("ThreadPriorityCheck") // code may have changed it
    void leave() {
        if (thread.getContextClassLoader() != loader) {
            thread.setContextClassLoader(loader);
        }
        if (!thread.getName().equals(name)) {
            thread.setName(name);
        }
        if (thread.getPriority() != priority) {
            thread.setPriority(priority);
        }
        if (thread.getUncaughtExceptionHandler() != handler) {
            thread.setUncaughtExceptionHandler(handler);
        }
        Map<String, String> left = MDC.getCopyOfContextMap();
        if (!isEmpty(left) || !isEmpty(mdc)) {
            putBack(left);
        }
    }

    private void putBack(@Nullable Map<String, String> left) {
        if (mdc == null || mdc.isEmpty()) {
            MDC.clear();
        } else if (!Objects.equals(left, mdc)) {
            MDC.setContextMap(mdc);
        }
    }

    private static boolean isEmpty(@Nullable Map<String, String> map) {
        return map == null || map.isEmpty();
    }
}
