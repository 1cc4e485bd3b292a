package io.github.ignitetasks.internal.web;

import java.util.Locale;

/** Writes texts as JSON. */
final class Json {
    private Json() {}

    /** Returns a text as a JSON string, with its quotes. The string is safe inside HTML too. */
    static String text(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || c == '<' || c == '>' || c == '&' || c > '~') {
                        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    /** Returns the start of a text as a JSON string, and says how much is left out. */
    static String text(String text, int maximum) {
        return text.length() <= maximum
                ? text(text)
                : text(text.substring(0, maximum) + "… (" + maximum + " of " + text.length() + " characters)");
    }
}
