package io.github.ignitetasks.internal.json;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A JSON object (RFC 8259) that is being written. Its text is ASCII alone, whatever the texts in it hold, so that it
 * passes every terminal and encoding, and may stand in a page. Not safe for use by many threads.
 */
public final class JsonObject {
    private static final char FIRST_PRINTABLE = ' ';
    private static final char LAST_PRINTABLE = '~';

    private final StringJoiner members = new StringJoiner(",", "{", "}");

    /**
     * Adds a member.
     *
     * @param value a text, a number, a boolean, an object, a list of such values, or an {@code Optional} of one, which is
     *     null if it is empty; anything else is written as its text
     */
    public JsonObject with(String name, Object value) {
        members.add(quoted(name) + ":" + json(value));
        return this;
    }

    private static String json(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.<String>map(JsonObject::json).orElse("null");
        }
        if (value instanceof List<?> list) {
            StringJoiner elements = new StringJoiner(",", "[", "]");
            list.forEach(element -> elements.add(json(element)));
            return elements.toString();
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return "null";
        }
        return value instanceof Number || value instanceof Boolean || value instanceof JsonObject
                ? value.toString()
                : quoted(value.toString());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else if (character < FIRST_PRINTABLE || character > LAST_PRINTABLE || JsonWriter.isMarkup(character)) {
                quoted.append(String.format("\\u%04x", (int) character));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }

    /** Returns the object as text in one line. */
    @Override
    public String toString() {
        return members.toString();
    }
}
