package io.github.ignitetasks.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON as RFC 8259 defines it, and refuses everything else. */
final class JsonParser {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private int at;

    JsonParser(String text) {
        this.text = text;
    }

    JsonValue parse() {
        JsonValue value = value();
        if (at != text.length()) {
            throw unexpected();
        }
        return value;
    }

    private AssertionError unexpected() {
        return new AssertionError(
                "no JSON at " + at + ": " + text.substring(Math.max(0, at - 40), Math.min(text.length(), at + 40)));
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skip(String token) {
        boolean is = text.startsWith(token, at);
        at += is ? token.length() : 0;
        return is;
    }

    private void expect(String token) {
        if (!skip(token)) {
            throw unexpected();
        }
    }

    private JsonValue value() {
        skipSpace();
        JsonValue value = valueHere();
        skipSpace();
        return value;
    }

    private JsonValue valueHere() {
        if (skip("{")) {
            return fields();
        }
        if (skip("[")) {
            return elements();
        }
        if (skip("\"")) {
            return new JsonValue.Text(textHere());
        }
        if (skip("true")) {
            return new JsonValue.Literal(Optional.of(true));
        }
        if (skip("false")) {
            return new JsonValue.Literal(Optional.of(false));
        }
        if (skip("null")) {
            return new JsonValue.Literal(Optional.empty());
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw unexpected();
        }
        at = number.end();
        return new JsonValue.Numeral(Double.parseDouble(number.group()));
    }

    private JsonValue fields() {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        skipSpace();
        if (skip("}")) {
            return new JsonValue.Fields(all);
        }
        do {
            skipSpace();
            expect("\"");
            String name = textHere();
            skipSpace();
            expect(":");
            if (all.put(name, value()) != null) {
                throw new AssertionError("two fields " + name);
            }
        } while (skip(","));
        expect("}");
        return new JsonValue.Fields(all);
    }

    private JsonValue elements() {
        List<JsonValue> all = new ArrayList<>();
        skipSpace();
        if (skip("]")) {
            return new JsonValue.Elements(all);
        }
        do {
            all.add(value());
        } while (skip(","));
        expect("]");
        return new JsonValue.Elements(all);
    }

    private String textHere() {
        StringBuilder read = new StringBuilder();
        while (!skip("\"")) {
            if (at == text.length() || text.charAt(at) < ' ') {
                throw unexpected();
            }
            char character = text.charAt(at++);
            read.append(character == '\\' ? escaped() : character);
        }
        return read.toString();
    }

    private char escaped() {
        char character = text.charAt(at++);
        int index = "\"\\/bfnrt".indexOf(character);
        if (index >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(index);
        }
        if (character != 'u') {
            throw unexpected();
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
}
