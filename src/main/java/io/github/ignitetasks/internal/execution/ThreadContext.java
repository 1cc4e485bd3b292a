package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.tracing.SpanReference;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The properties of a thread that code may change: its context class loader, name, priority, handler of uncaught
 * exceptions, and the MDC. An attempt at a call saves them before and restores them afterwards. So neither the next
 * attempt nor the caller finds changes that the code left behind. Only its own thread uses it.
 */
final class ThreadContext {
    private static final String KEY = "ignitetasks.key";
    private static final String TASK = "ignitetasks.task";
    private static final String FLOW_RUN = "ignitetasks.flowRun";
    private static final String TRACE_ID = "trace_id";
    private static final String SPAN_ID = "span_id";

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

    /** Does the same, and tells the lines that the call logs by its key, its name and its flow run. */
    static ThreadContext enter(@Nullable ClassLoader loader, RunningCall call) {
        ThreadContext before = enter(loader);
        MDC.put(KEY, call.key());
        put(TASK, call.name());
        put(FLOW_RUN, call.flowRun());
        return before;
    }

    /** Tells the lines that the call of this thread logs by this span too, until the context is left. */
    static void show(SpanReference span) {
        MDC.put(TRACE_ID, span.traceId());
        MDC.put(SPAN_ID, span.spanId());
    }

    /** A call without the value must not show that of a call around it on the same thread. */
    private static void put(String key, Optional<String> value) {
        if (value.isPresent()) {
            MDC.put(key, value.get());
        } else {
            MDC.remove(key);
        }
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
        if (mdc == null || mdc.isEmpty()) {
            MDC.clear();
        } else if (!Objects.equals(MDC.getCopyOfContextMap(), mdc)) {
            MDC.setContextMap(mdc);
        }
    }
}
