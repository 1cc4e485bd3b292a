package io.github.ignitetasks.observe;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.support.RecordedSpans;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;

/** The spans that the global OpenTelemetry of a node records, which tasks of tests set. */
final class NodeSpans {
    private static final RecordedSpans SPANS = new RecordedSpans();

    private NodeSpans() {}

    /** Sets the global OpenTelemetry of this JVM, as an agent does. */
    static int install() {
        GlobalOpenTelemetry.set(SPANS.openTelemetry());
        return 1;
    }

    /** Returns the spans since, each as {@code name parent > span, links}, and has no global OpenTelemetry again. */
    static List<String> takeAndUninstall() {
        GlobalOpenTelemetry.resetForTest();
        return SPANS.all().stream().map(NodeSpans::describe).toList();
    }

    private static String describe(SpanData span) {
        return span.getName() + " " + span.getParentSpanId() + " > " + span.getSpanId()
                + span.getLinks().stream()
                        .map(link -> ", " + link.getSpanContext().getSpanId())
                        .collect(joining());
    }

    /** Returns an entry of the baggage, and whether a span is recorded here. */
    static String seen() {
        return Baggage.current().getEntryValue("user") + " " + Span.current().isRecording();
    }
}
