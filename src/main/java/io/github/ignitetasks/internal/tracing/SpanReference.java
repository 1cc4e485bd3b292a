package io.github.ignitetasks.internal.tracing;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids of a span, as W3C Trace Context defines them.
 *
 * @param traceId the id of its trace: 32 hexadecimal digits
 * @param spanId its own id: 16 hexadecimal digits
 * @param flags its flags
 */
public record SpanReference(String traceId, String spanId, byte flags) {
    /** How many bytes {@link #writeTo} writes. */
    public static final int BYTES = 25;

    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEX_RADIX = 16;

    /** The form of every version; a later version may have more at the end. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /** Returns the span of a {@code traceparent} text; empty if the text is not valid. */
    public static Optional<SpanReference> parse(String traceparent) {
        Matcher parts = TRACEPARENT.matcher(traceparent);
        return parts.matches()
                ? Optional.of(new SpanReference(
                        parts.group(1), parts.group(2), (byte) Integer.parseInt(parts.group(3), HEX_RADIX)))
                : Optional.empty();
    }

    /** Writes the ids and the flags. */
    public void writeTo(DataOutput out) throws IOException {
        out.write(HEX.parseHex(traceId));
        out.write(HEX.parseHex(spanId));
        out.writeByte(flags);
    }

    /** Reads what {@link #writeTo} wrote, and moves to its end. */
    public static SpanReference read(ByteBuffer in) {
        return new SpanReference(hex(in, TRACE_ID_BYTES), hex(in, SPAN_ID_BYTES), in.get());
    }

    private static String hex(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return HEX.formatHex(bytes);
    }
}
