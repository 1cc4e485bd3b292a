package io.github.ignitetasks.internal.opentelemetry;

import io.github.ignitetasks.internal.tracing.AttemptLabel;
import io.github.ignitetasks.internal.tracing.AttemptSpan;
import io.github.ignitetasks.internal.tracing.TaskTracer;
import io.github.ignitetasks.internal.tracing.TraceContext;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Traces tasks by an OpenTelemetry. Safe to share between threads. */
public final class OpenTelemetryTracer implements TaskTracer {
    private static final Logger LOG = LoggerFactory.getLogger(OpenTelemetryTracer.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();
    private static final String SCOPE = "io.github.ignitetasks";

    /** The fields of W3C, for an OpenTelemetry without a propagator, which carries nothing. */
    private static final TextMapPropagator W3C =
            TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());

    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // earlier versions of the API require it
        public Iterable<String> keys(Map<String, String> fields) {
            return fields.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> fields, String name) {
            return fields == null ? null : fields.get(name);
        }
    };

    private static final boolean HAS_AGENT = hasAgent();

    private final Supplier<OpenTelemetry> source;

    private OpenTelemetryTracer(Supplier<OpenTelemetry> source) {
        this.source = source;
    }

    /** Returns the tracer of an OpenTelemetry. */
    public static OpenTelemetryTracer of(OpenTelemetry openTelemetry) {
        return new OpenTelemetryTracer(() -> openTelemetry);
    }

    /** Returns the tracer of this JVM's global OpenTelemetry, as it is when a task runs. */
    static OpenTelemetryTracer global() {
        return new OpenTelemetryTracer(OpenTelemetryTracer::globalIfSet);
    }

    /** Asking for the global one sets it for good. So it is asked for once it is set, or sets itself by configuration. */
    private static OpenTelemetry globalIfSet() {
        return HAS_AGENT || isConfiguredWhenAskedFor() || isSet() ? GlobalOpenTelemetry.get() : OpenTelemetry.noop();
    }

    /** Returns whether the global one is set, as far as the API tells: before version 1.57 it does not. */
    private static boolean isSet() {
        try {
            return GlobalOpenTelemetry.isSet();
        } catch (NoSuchMethodError e) {
            if (WARNED.compareAndSet(false, true)) {
                LOG.warn(
                        "the API of OpenTelemetry is older than 1.57, so this node makes no spans of tasks; use a newer one",
                        e);
            }
            return false;
        }
    }

    /** Older agents give the global one to all who ask for it, but do not say that it is set. */
    private static boolean hasAgent() {
        try {
            Class<?> unused = Class.forName("io.opentelemetry.javaagent.bootstrap.AgentInitializer", false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false; // the boot loader has the classes of agents
        }
    }

    private static boolean isConfiguredWhenAskedFor() {
        return Boolean.getBoolean("otel.java.global-autoconfigure.enabled")
                || Boolean.parseBoolean(System.getenv("OTEL_JAVA_GLOBAL_AUTOCONFIGURE_ENABLED"));
    }

    private static TextMapPropagator propagator(OpenTelemetry openTelemetry) {
        TextMapPropagator propagator = openTelemetry.getPropagators().getTextMapPropagator();
        return propagator.fields().isEmpty() ? W3C : propagator;
    }

    @Override
    public TraceContext capture() {
        Map<String, String> fields = new HashMap<>();
        propagator(source.get()).inject(Context.current(), fields, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.put(name, value);
            }
        });
        return TraceContext.of(fields);
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // the end of the span closes it
    public AttemptSpan start(TraceContext context, AttemptLabel attempt) {
        OpenTelemetry openTelemetry = source.get();
        Context parent = propagator(openTelemetry).extract(Context.root(), context.fields(), GETTER);
        SpanBuilder builder = openTelemetry
                .getTracer(SCOPE)
                .spanBuilder(attempt.name().map(name -> "task " + name).orElse("task"))
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setStartTimestamp(attempt.startTime())
                .setAttribute("ignitetasks.key", attempt.key())
                .setAttribute("ignitetasks.attempt", attempt.number())
                .setAttribute("ignitetasks.node", attempt.node());
        attempt.name().ifPresent(name -> builder.setAttribute("ignitetasks.task", name));
        attempt.flowRun().ifPresent(run -> builder.setAttribute("ignitetasks.flow_run", run));
        Span span = builder.startSpan();
        return new CurrentSpan(span, parent.with(span).makeCurrent());
    }
}
