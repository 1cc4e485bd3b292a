package io.github.ignitetasks.internal.opentelemetry;

import io.github.ignitetasks.internal.tracing.JvmTracer;
import io.github.ignitetasks.internal.tracing.TaskTracer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the tracer of a JVM that has the API of OpenTelemetry: the global one, which an agent or its program sets. */
public final class GlobalTracer implements JvmTracer {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalTracer.class);

    /** Makes the provider, for the {@link java.util.ServiceLoader}. */
    public GlobalTracer() {
        // it has no state
    }

    /** Asks for the API before any class is loaded that needs it. */
    @Override
    public Optional<TaskTracer> tracer() {
        try {
            Class<?> unused = Class.forName(
                    "io.opentelemetry.api.GlobalOpenTelemetry", false, GlobalTracer.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            LOG.debug("the class path has no API of OpenTelemetry, so nobody records the spans of tasks here");
            return Optional.empty();
        }
        return Optional.of(OpenTelemetryTracer.global());
    }
}
