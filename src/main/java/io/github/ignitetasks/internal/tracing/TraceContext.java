package io.github.ignitetasks.internal.tracing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trace context that a call carries: the fields that a propagator writes, such as {@code traceparent}, {@code
 * tracestate} and {@code baggage}. It has no fields if its submitter has no trace. Immutable.
 *
 * @param fields at most {@link #MAX_FIELDS} texts by name
 */
public record TraceContext(Map<String, String> fields) {
    /** The context without fields. */
    public static final TraceContext EMPTY = new TraceContext(Map.of());

    /** How many fields a call carries at most. */
    public static final int MAX_FIELDS = 8;

    /** How many characters the names and the values of all fields have at most. */
    public static final int MAX_CHARS = 4_096;

    private static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";
    private static final String BAGGAGE = "baggage";

    private static final Logger LOG = LoggerFactory.getLogger(TraceContext.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    /** Copies the map, sorted by name, so that equal contexts have the same bytes. */
    public TraceContext {
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    /**
     * Returns the context of the fields that a propagator wrote. If they are too many or too long for a call, it is
     * without the baggage. If they still are, it has the place in the trace alone. The first loss is logged.
     */
    public static TraceContext of(Map<String, String> written) {
        if (written.isEmpty()) {
            return EMPTY;
        }
        if (fits(written)) {
            return new TraceContext(written);
        }
        if (WARNED.compareAndSet(false, true)) {
            LOG.warn(
                    "a task has {} characters of trace context in {} fields, and carries at most {} in {}, so its baggage"
                            + " is left out; put less into the baggage; further losses are not logged",
                    chars(written),
                    written.size(),
                    MAX_CHARS,
                    MAX_FIELDS);
        }
        Map<String, String> less = new HashMap<>(written);
        less.remove(BAGGAGE);
        if (!fits(less)) {
            less.keySet().removeIf(name -> !name.equals(TRACEPARENT) && !name.equals(TRACESTATE));
        }
        if (!fits(less)) {
            less.remove(TRACESTATE);
        }
        return fits(less) ? new TraceContext(less) : EMPTY;
    }

    private static boolean fits(Map<String, String> fields) {
        return fields.size() <= MAX_FIELDS && chars(fields) <= MAX_CHARS;
    }

    private static int chars(Map<String, String> fields) {
        int chars = 0;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            chars += field.getKey().length() + field.getValue().length();
        }
        return chars;
    }

    /** Returns the span that is current where the call was submitted; empty if none is, or the fields are not W3C's. */
    public Optional<SpanReference> span() {
        return Optional.ofNullable(fields.get(TRACEPARENT)).flatMap(SpanReference::parse);
    }

    /** Writes the fields. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(fields.size());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            out.writeUTF(field.getKey());
            out.writeUTF(field.getValue());
        }
    }

    /** Reads the fields. */
    public static TraceContext read(DataInput in) throws IOException {
        int left = in.readUnsignedByte();
        if (left > MAX_FIELDS) {
            throw new StreamCorruptedException("a trace context has " + left + " fields, more than " + MAX_FIELDS);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (; left > 0; left--) {
            fields.put(in.readUTF(), in.readUTF());
        }
        if (!fits(fields)) {
            throw new StreamCorruptedException("a trace context has more than " + MAX_CHARS + " characters");
        }
        return new TraceContext(fields);
    }
}
