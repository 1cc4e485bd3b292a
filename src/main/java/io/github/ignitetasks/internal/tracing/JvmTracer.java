package io.github.ignitetasks.internal.tracing;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Finds the tracer that a JVM has by itself, for calls from other JVMs. Tracing is optional, so the implementation
 * checks that its library is there. A {@link ServiceLoader} finds it.
 */
public interface JvmTracer {

    /** Returns the tracer; empty if its library is not on the class path. */
    Optional<TaskTracer> tracer();

    /** Returns the tracer of this JVM; empty if it has none. */
    static Optional<TaskTracer> find() {
        return Found.TRACER;
    }

    /** The tracer, which is looked for once. */
    final class Found {
        private static final Optional<TaskTracer> TRACER = ServiceLoader.load(
                        JvmTracer.class, JvmTracer.class.getClassLoader())
                .findFirst()
                .flatMap(JvmTracer::tracer);

        private Found() {}
    }
}
