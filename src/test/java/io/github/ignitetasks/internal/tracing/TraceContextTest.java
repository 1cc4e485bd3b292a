package io.github.ignitetasks.internal.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the trace context that a call carries. */
final class TraceContextTest {
    private static final String PARENT = "00-0123456789abcdef0123456789abcdef-fedcba9876543210-01";

    @Test
    void largestBaggageThatFitsIsCarried() {
        Map<String, String> fields = Map.of("baggage", "x".repeat(TraceContext.MAX_CHARS - "baggage".length()));

        assertThat(TraceContext.of(fields).fields()).isEqualTo(fields);
    }

    @Test
    void largerBaggageIsLeftOutAlone() {
        Map<String, String> fields =
                Map.of("traceparent", PARENT, "tracestate", "a=b", "baggage", "x".repeat(TraceContext.MAX_CHARS));

        assertThat(TraceContext.of(fields).fields())
                .containsOnlyKeys("traceparent", "tracestate")
                .containsEntry("traceparent", PARENT);
    }

    @Test
    void ofTooManyFieldsThoseOfTheTraceAreCarried() {
        Map<String, String> fields = new HashMap<>(Map.of("traceparent", PARENT, "tracestate", "a=b"));
        for (int i = 0; i < TraceContext.MAX_FIELDS; i++) {
            fields.put("field-" + i, "");
        }

        assertThat(TraceContext.of(fields).fields()).containsOnlyKeys("traceparent", "tracestate");
    }

    @Test
    void traceStateThatIsTooLargeIsLeftOutToo() {
        Map<String, String> fields = Map.of("traceparent", PARENT, "tracestate", "x".repeat(TraceContext.MAX_CHARS));

        assertThat(TraceContext.of(fields).fields()).containsOnlyKeys("traceparent");
    }

    @Test
    void spanIsThatOfTheTraceParent() {
        assertThat(TraceContext.of(Map.of("traceparent", PARENT)).span())
                .contains(new SpanReference("0123456789abcdef0123456789abcdef", "fedcba9876543210", (byte) 1));
    }

    @Test
    void traceParentOfALaterVersionIsReadAsFarAsItIsKnown() {
        assertThat(SpanReference.parse("01" + PARENT.substring(2) + "-more")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-0123456789ABCDEF0123456789abcdef-fedcba9876543210-01",
                "00-00000000000000000000000000000000-fedcba9876543210-01",
                "00-0123456789abcdef0123456789abcdef-0000000000000000-01",
                "ff-0123456789abcdef0123456789abcdef-fedcba9876543210-01",
                "00-0123456789abcdef-fedcba9876543210-01"
            })
    void invalidTraceParentNamesNoSpan(String text) {
        assertThat(SpanReference.parse(text)).isEmpty();
    }

    @Test
    void moreFieldsThanACallCarriesAreRefused() {
        byte[] bytes = {TraceContext.MAX_FIELDS + 1};

        assertThatThrownBy(() -> TraceContext.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("9 fields");
    }
}
