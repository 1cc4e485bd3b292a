package io.github.ignitetasks.observe;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import java.util.stream.Stream;
import org.slf4j.MDC;

/** Tasks of tests that need nothing of OpenTelemetry where they run. */
final class TracedTasks {
    private TracedTasks() {}

    /** Returns trace and span that a line of the task would have, as {@code traceId/spanId}. */
    static String logged() {
        return MDC.get("trace_id") + "/" + MDC.get("span_id");
    }

    /** Returns what a task that this task submits would log. */
    static String loggedByInner() {
        return TaskContext.current()
                .orElseThrow()
                .submit("inner", TracedTasks::logged)
                .result();
    }

    /** Returns a call of {@link #loggedByInner}. Its code is of this class, which needs nothing of OpenTelemetry. */
    static TaskCall<String> innerCall() {
        return TracedTasks::loggedByInner;
    }

    /** Returns a call that has the result of an upstream. */
    static TaskCall<String> resultOf(TaskFuture<String> upstream) {
        return upstream::result;
    }

    /** Returns a call that tells whether its JVM has the API of OpenTelemetry. */
    static TaskCall<Boolean> hasApi() {
        return () -> Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .anyMatch(entry -> entry.contains("opentelemetry"));
    }
}
