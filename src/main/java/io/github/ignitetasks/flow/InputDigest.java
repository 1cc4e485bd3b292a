package io.github.ignitetasks.flow;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The digest of an argument, which is the same in every JVM. It writes each value with its type, and the elements of
 * sets and maps in the order of their bytes. It refuses what has no form of its own, so that a digest is never
 * different by chance.
 */
final class InputDigest {
    private static final int MAX_DEPTH = 500;
    private static final int MAX_VALUES = 10_000_000;

    /** The types whose {@code toString} tells all of a value, and does not depend on the JVM. */
    private static final Set<Class<?>> WRITTEN_AS_TEXT =
            Set.of(BigDecimal.class, BigInteger.class, UUID.class, URI.class);

    private final DataOutputStream out;
    private final int depth;

    /** How many values were met in the whole argument. */
    private final AtomicInteger met;

    private InputDigest(DataOutputStream out, int depth, AtomicInteger met) {
        this.out = out;
        this.depth = depth;
        this.met = met;
    }

    /**
     * Returns the digest of a task's name, of its version and of an argument, as 43 characters.
     *
     * @throws IllegalArgumentException if the argument holds an object that has no canonical form
     */
    static String of(String taskName, String version, @Nullable Object argument) {
        byte[] bytes;
        try {
            bytes = bytes(List.of(taskName, version), 0, new AtomicInteger());
            bytes = concat(bytes, bytes(argument, 0, new AtomicInteger()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "task '" + taskName + "' cannot be keyed by its input: " + e.getMessage()
                            + "; use keyedBy(...) with a text that identifies the argument",
                    e);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private byte[] inner(@Nullable Object value) {
        return bytes(value, depth + 1, met);
    }

    private static byte[] bytes(@Nullable Object value, int depth, AtomicInteger met) {
        if (met.incrementAndGet() > MAX_VALUES) {
            throw new IllegalArgumentException("it holds more than " + MAX_VALUES + " values");
        }
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("it is nested more than " + MAX_DEPTH + " deep");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new InputDigest(new DataOutputStream(bytes), depth, met).write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeByte(0);
        } else if (value instanceof Map<?, ?> map) {
            writeTagged("map", sorted(entries(map)));
        } else if (value instanceof Set<?> set) {
            writeTagged("set", sorted(each(set)));
        } else if (value instanceof List<?> list) {
            writeTagged("list", each(list));
        } else if (value instanceof Optional<?> optional) {
            writeTagged("optional", each(optional.stream().toList()));
        } else if (value instanceof Enum<?> constant) {
            writeText(constant.getDeclaringClass().getName(), constant.name());
        } else if (value instanceof Class<?> type) {
            writeText("class", type.getName());
        } else if (value.getClass().isArray()) {
            writeTagged(value.getClass().getName(), elements(value));
        } else if (value instanceof Record record) {
            writeTagged(record.getClass().getName(), components(record));
        } else {
            writeScalar(value);
        }
    }

    private void writeScalar(Object value) throws IOException {
        if (value instanceof String text) {
            writeText("text", text);
        } else if (value instanceof Double number) {
            writeText("double", Long.toHexString(Double.doubleToLongBits(number)));
        } else if (value instanceof Float number) {
            writeText("float", Integer.toHexString(Float.floatToIntBits(number)));
        } else if (isWrittenAsText(value)) {
            writeText(value.getClass().getName(), value.toString());
        } else {
            throw new IllegalArgumentException(
                    "it holds a " + value.getClass().getName() + ", which has no canonical form");
        }
    }

    private static boolean isWrittenAsText(Object value) {
        String type = value.getClass().getName();
        boolean isOfLang = type.startsWith("java.lang.")
                && (value instanceof Number || value instanceof Boolean || value instanceof Character);
        boolean isTime = type.startsWith("java.time.") && (value instanceof Comparable<?> || value instanceof Period);
        return isOfLang || isTime || WRITTEN_AS_TEXT.contains(value.getClass());
    }

    private void writeText(String tag, String text) throws IOException {
        byte[] chars = new byte[2 * text.length()]; // not UTF-8, which has one form for all halves of surrogate pairs
        for (int i = 0; i < text.length(); i++) {
            chars[2 * i] = (byte) (text.charAt(i) >> Byte.SIZE);
            chars[2 * i + 1] = (byte) text.charAt(i);
        }
        writeTagged(tag, List.of(chars));
    }

    /** Writes a tag and parts, each with its length, so that no two values have the same bytes. */
    private void writeTagged(String tag, List<byte[]> parts) throws IOException {
        out.writeByte(1);
        out.writeUTF(tag);
        out.writeInt(parts.size());
        for (byte[] part : parts) {
            out.writeInt(part.length);
            out.write(part);
        }
    }

    private List<byte[]> each(Collection<?> values) {
        List<byte[]> parts = new ArrayList<>(values.size());
        values.forEach(value -> parts.add(inner(value)));
        return parts;
    }

    private List<byte[]> entries(Map<?, ?> map) {
        List<byte[]> parts = new ArrayList<>(map.size());
        map.forEach((key, value) -> parts.add(inner(Arrays.asList(key, value))));
        return parts;
    }

    private List<byte[]> elements(Object array) {
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            parts.add(inner(Array.get(array, i)));
        }
        return parts;
    }

    private List<byte[]> components(Record record) {
        List<byte[]> parts = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            parts.add(inner(component.getName()));
            parts.add(inner(valueOf(component, record)));
        }
        return parts;
    }

    private static @Nullable Object valueOf(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "component '" + component.getName() + "' of its "
                            + record.getClass().getName() + " cannot be read (" + e + ")",
                    e);
        }
    }

    private static List<byte[]> sorted(List<byte[]> parts) {
        parts.sort(Arrays::compareUnsigned);
        return parts;
    }
}
