package io.github.ignitetasks;

/**
 * Text that takes one line of a log, and that UTF-8 keeps as it is: keys and names are such. For who writes sessions and
 * runners.
 */
public final class PlainText {
    private PlainText() {}

    /**
     * Checks a key or a name. Two that differ stay different in every encoding, and none can look like a line of a log.
     *
     * @param what what it is, for the message
     * @return the text
     * @throws IllegalArgumentException if it has a control character, a line separator or half of a surrogate pair
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

    /** Returns text with what would end or change its line, or is no character, written as {@code \\uXXXX}. */
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
