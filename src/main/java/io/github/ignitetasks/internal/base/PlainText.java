package io.github.ignitetasks.internal.base;

/**
 * Checks and escapes text for one line of a log. Keys and names are such text, and UTF-8 encodes them without loss.
 * This class is for authors of sessions and runners. Safe to share between threads.
 */
public final class PlainText {
    private PlainText() {}

    /**
     * Checks a key or a name. Two different accepted texts stay different in every Unicode encoding, and no accepted
     * text can forge a line of a log.
     *
     * @param what the kind of text, for the message
     * @param text the text to check
     * @return the text
     * @throws IllegalArgumentException if the text has a control character, a line separator or half of a surrogate
     *     pair
     */
    public static String check(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (breaksLine(character)) {
                throw refused(what, text, i, "a control character");
            }
            if (Character.isSurrogate(character)) {
                if (!Character.isHighSurrogate(character)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw refused(what, text, i, "half of a surrogate pair, which no encoding keeps");
                }
                i++;
            }
        }
        return text;
    }

    private static IllegalArgumentException refused(String what, String text, int index, String why) {
        return new IllegalArgumentException(String.format(
                "%s cannot have U+%04X at index %d, %s; it is '%s'",
                what, (int) text.charAt(index), index, why, inOneLine(text)));
    }

    /**
     * Returns the text in one line. Control characters, line separators and halves of surrogate pairs appear as
     * {@code \\uXXXX}.
     */
    public static String inOneLine(String text) {
        if (text.chars()
                .noneMatch(character -> breaksLine((char) character) || Character.isSurrogate((char) character))) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(point -> {
            boolean odd = Character.isBmpCodePoint(point)
                    && (breaksLine((char) point) || Character.isSurrogate((char) point));
            line.append(odd ? String.format("\\u%04X", point) : Character.toString(point));
        });
        return line.toString();
    }

    private static boolean breaksLine(char character) {
        return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
    }
}
