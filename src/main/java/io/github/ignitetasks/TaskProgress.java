package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.base.PlainText;
import java.io.Serializable;
import java.time.Instant;

/**
 * How far a running task is, by its own account; see {@link TaskContext#progress(long, long)}. Immutable, safe to share.
 *
 * @param done how much is done, from 0 to {@code total}
 * @param total how much there is to do; 0 if the task told no numbers
 * @param text what the task does now, in one line of at most {@value #MAX_TEXT} characters; empty if the task told none
 * @param time when the task told this, by the clock of its node
 */
public record TaskProgress(long done, long total, String text, Instant time) implements Serializable {
    /** The greatest length of the text, in characters. The rest of a longer text is cut off. */
    public static final int MAX_TEXT = 200;

    /**
     * Checks the values, and makes one short line of the text.
     *
     * @throws IllegalArgumentException if {@code done} is negative or above {@code total}
     */
    public TaskProgress {
        check(done, total);
        text = cut(PlainText.inOneLine(cut(requireNonNull(text, "text"))));
        requireNonNull(time, "time");
    }

    /** Checks the numbers, so that the wrong call throws. */
    static void check(long done, long total) {
        if (done < 0) {
            throw new IllegalArgumentException("done must be 0 or more, but is " + done + "; tell how much is done");
        }
        if (done > total) {
            throw new IllegalArgumentException("done must not be above total, but is " + done + " of " + total
                    + "; tell how much is done, and how much there is to do");
        }
    }

    /** Returns the beginning of the text; it does not end within a surrogate pair. */
    static String cut(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
    }

    /** Returns the progress as text, such as {@code 3 of 10, reading page 3}. */
    public String describe() {
        String numbers = done + " of " + total;
        if (total == 0) {
            return text;
        }
        return text.isEmpty() ? numbers : numbers + ", " + text;
    }
}
