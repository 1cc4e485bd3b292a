package io.github.ignitetasks.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/**
 * A line of a terminal that is drawn again and again. Used by one thread at a time.
 *
 * <p>A program may print at any time, and this class cannot know when. So each drawing leaves the cursor behind a space
 * in the last column. The terminal puts the next character, whoever prints it, at the start of the next line. So what the
 * program prints never begins behind the line, and nothing of the line stays behind it.
 *
 * <p>All terminals that know the codes of the VT100 do so. The width of the terminal need not be known: the code that
 * moves the cursor stops at the last column. While the line is drawn, the terminal cuts it instead of wrapping it.
 */
final class RedrawnLine {
    private static final String START_AND_ERASE = "\r\u001b[K";
    private static final String CUT = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private static final String LAST_COLUMN = "\u001b[9999C";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[m";

    private final OutputStream terminal;
    private final Charset charset;
    private boolean drawn;

    RedrawnLine(OutputStream terminal, Charset charset) {
        this.terminal = terminal;
        this.charset = charset;
    }

    /** Returns the text with a part of it in red, if it has that part as a whole. */
    static String red(String text, String part) {
        return part.isEmpty() ? text : text.replace(", " + part, ", " + RED + part + PLAIN);
    }

    /** Draws the line. */
    void draw(String text) {
        write(START_AND_ERASE + CUT + text + WRAP + LAST_COLUMN + " ");
        drawn = true;
    }

    /** Removes the line if it was drawn. The cursor is then at the start of an empty line. */
    void clear() {
        if (drawn) {
            write(START_AND_ERASE);
            drawn = false;
        }
    }

    /** Writes all at once, so that what others print does not get between. */
    private void write(String text) {
        try {
            terminal.write(text.getBytes(charset));
            terminal.flush();
        } catch (IOException e) {
            drawn = false; // the terminal has gone, and nobody looks
        }
    }
}
