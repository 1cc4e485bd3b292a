package io.github.ignitetasks.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes JSON that may stand inside a script element of HTML: the characters that could end it are escaped. The caller
 * keeps objects and arrays balanced. Not safe to share.
 */
public final class JsonWriter {
    private static final double DECIMALS = 10_000;
    private static final String DOTS = "…";
    private static final char REPLACEMENT = 0xFFFD;

    private final StringBuilder text = new StringBuilder();

    /** Begins an object. */
    public JsonWriter object() {
        separate();
        text.append('{');
        return this;
    }

    /** Begins an object as a field of the one around it. */
    public JsonWriter object(String name) {
        name(name);
        return object();
    }

    /** Ends an object. */
    public JsonWriter endObject() {
        text.append('}');
        return this;
    }

    /** Begins an array. */
    public JsonWriter array() {
        separate();
        text.append('[');
        return this;
    }

    /** Begins an array as a field. */
    public JsonWriter array(String name) {
        name(name);
        return array();
    }

    /** Ends an array. */
    public JsonWriter endArray() {
        text.append(']');
        return this;
    }

    /** Writes a field with a text. */
    public JsonWriter field(String name, String value) {
        name(name);
        return value(value);
    }

    /** Writes a field with a number. */
    public JsonWriter field(String name, long value) {
        name(name);
        return value(value);
    }

    /** Writes a field with a number, of which it keeps four decimals. */
    public JsonWriter field(String name, double value) {
        name(name);
        return value(value);
    }

    /** Writes a field with a truth value. */
    public JsonWriter field(String name, boolean value) {
        name(name);
        separate();
        text.append(value);
        return this;
    }

    /** Writes a field that has no value. */
    public JsonWriter nullField(String name) {
        name(name);
        text.append("null");
        return this;
    }

    /** Writes a text as an element. */
    public JsonWriter value(String value) {
        separate();
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            append(value, i);
        }
        text.append('"');
        return this;
    }

    /** Writes a number as an element. */
    public JsonWriter value(long value) {
        separate();
        text.append(value);
        return this;
    }

    /** Writes a number as an element, of which it keeps four decimals. A number that is not finite becomes -1. */
    public JsonWriter value(double value) {
        double rounded = Math.round(value * DECIMALS) / DECIMALS;
        if (!Double.isFinite(value)) {
            return value(-1);
        }
        if (rounded == Math.rint(rounded)) {
            return value((long) rounded);
        }
        separate();
        text.append(rounded);
        return this;
    }

    /** Writes microseconds as milliseconds with three decimals, in as few characters as possible. */
    public JsonWriter millis(long micros) {
        long rest = Math.floorMod(micros, 1_000L);
        value(Math.floorDiv(micros, 1_000L));
        if (rest != 0) {
            text.append('.').append((char) ('0' + rest / 100)).append((char) ('0' + rest / 10 % 10));
            text.append((char) ('0' + rest % 10));
        }
        return this;
    }

    /** Writes a comma unless the next element is the first one. */
    private void separate() {
        if (text.length() == 0) {
            return;
        }
        char last = text.charAt(text.length() - 1);
        if (last != '{' && last != '[' && last != ':') {
            text.append(',');
        }
    }

    private void name(String name) {
        separate();
        text.append('"').append(name).append("\":");
    }

    private void append(String value, int index) {
        char character = value.charAt(index);
        if (character == '"' || character == '\\') {
            text.append('\\').append(character);
        } else if (character < ' ' || isMarkup(character)) {
            text.append("\\u").append(hex(character >> 12)).append(hex(character >> 8));
            text.append(hex(character >> 4)).append(hex(character));
        } else {
            text.append(isHalf(value, index) ? REPLACEMENT : character);
        }
    }

    static boolean isMarkup(char character) {
        return character == '<' || character == '>' || character == '&' || character == 0x2028 || character == 0x2029;
    }

    /** Returns whether the character is half of a surrogate pair whose other half is missing, which UTF-8 refuses. */
    private static boolean isHalf(String value, int index) {
        char character = value.charAt(index);
        if (Character.isHighSurrogate(character)) {
            return index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
        }
        return Character.isLowSurrogate(character)
                && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)));
    }

    private static char hex(int number) {
        return Character.forDigit(number & 0xF, 16);
    }

    /** Returns a text that has at most some characters; it ends in dots if it was cut. */
    public static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, Math.max(0, length - 1)) + DOTS;
    }

    /** Returns how many bytes a text takes, without quotes. */
    public static int bytesOf(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytesOf(text.charAt(i));
        }
        return bytes;
    }

    private static int bytesOf(char character) {
        if (character < ' ' || isMarkup(character)) {
            return 6;
        }
        if (character < 0x80) {
            return character == '"' || character == '\\' ? 2 : 1;
        }
        return character < 0x800 ? 2 : 3; // a pair of surrogates takes 4, which is less
    }

    /** Returns a text that takes at most some bytes; it ends in dots if it was cut. */
    public static String cutToBytes(String text, int most) {
        if (bytesOf(text) <= most) {
            return text;
        }
        int bytes = bytesOf(DOTS);
        int length = 0;
        while (bytes + bytesOf(text.charAt(length)) <= most) {
            bytes += bytesOf(text.charAt(length++));
        }
        return text.substring(0, length) + DOTS;
    }

    /** Returns what was written, in UTF-8. */
    public byte[] bytes() {
        return text.toString().getBytes(UTF_8);
    }

    /** Takes what was written, and begins anew. */
    public String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }
}
