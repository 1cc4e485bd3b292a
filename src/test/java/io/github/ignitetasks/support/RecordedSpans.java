package io.github.ignitetasks.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** An OpenTelemetry that keeps the spans that have ended. Safe to share between threads. */
public final class RecordedSpans implements AutoCloseable {
    private static final TextMapPropagator W3C =
            TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(W3C))
            .build();

    /** Returns the OpenTelemetry. */
    public OpenTelemetry openTelemetry() {
        return sdk;
    }

    /** Runs code in a span of this name, with an entry of baggage, and returns what the code does. */
    public <R> R inSpan(String name, Callable<R> code) throws Exception {
        Span span = sdk.getTracer("test").spanBuilder(name).startSpan();
        Context context = Context.current()
                .with(span)
                .with(Baggage.builder().put("user", "größe").build());
        try {
            return context.wrap(code).call();
        } finally {
            span.end();
        }
    }

    /** Returns the ended spans of this name, in the order of their ends. */
    public List<SpanData> named(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    /** Returns the only span of this name, once it has ended. */
    public SpanData only(String name) {
        Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> !named(name).isEmpty());
        assertThat(named(name)).hasSize(1);
        return named(name).get(0);
    }

    /** Returns all ended spans. */
    public List<SpanData> all() {
        return exporter.getFinishedSpanItems();
    }

    /** Returns an attribute of a span as text; empty if the span does not have it. */
    public static Optional<String> attribute(SpanData span, String name) {
        return Optional.ofNullable(span.getAttributes().get(AttributeKey.stringKey(name)));
    }

    /** Returns trace and span of the span that is current on this thread, as {@code traceId/spanId}. */
    public static String current() {
        return describe(Span.current().getSpanContext());
    }

    /** Returns trace and span as {@code traceId/spanId}. */
    public static String describe(SpanContext context) {
        return context.getTraceId() + "/" + context.getSpanId();
    }

    @Override
    public void close() {
        sdk.close();
    }
}
