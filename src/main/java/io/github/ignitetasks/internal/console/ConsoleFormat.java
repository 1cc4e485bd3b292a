package io.github.ignitetasks.internal.console;

import io.github.ignitetasks.internal.base.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats values for people. No text can forge a line, move the cursor or turn the direction of a line. */
final class ConsoleFormat {
    /** Stands where there is no value. */
    static final String NOTHING = "-";

    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;

    private ConsoleFormat() {}

    /** Returns a text in one line. */
    static String text(String text) {
        return PlainText.inOneLine(text)
                .codePoints()
                .mapToObj(point -> Character.getType(point) == Character.FORMAT
                        ? String.format("\\u%04X", point)
                        : Character.toString(point))
                .collect(Collectors.joining());
    }

    /** Returns the beginning of a text in one line. */
    static String text(String text, int length) {
        String line = text(text);
        return line.codePointCount(0, line.length()) <= length
                ? line
                : line.substring(0, line.offsetByCodePoints(0, length)) + "...";
    }

    /** Returns a text of several lines, each indented. */
    static String lines(String text) {
        return text.replace("\t", "    ")
                .lines()
                .map(line -> "  " + text(line))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Returns a duration, such as {@code 0.3s}, {@code 2m 05s} or {@code 3h 12m}. */
    static String duration(Duration duration) {
        if (duration.toHours() > 0) {
            return String.format(Locale.ROOT, "%dh %02dm", duration.toHours(), duration.toMinutesPart());
        }
        if (duration.toMinutes() > 0) {
            return String.format(Locale.ROOT, "%dm %02ds", duration.toMinutes(), duration.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1_000.0);
    }

    /** Returns a number of bytes; a negative one is unknown. */
    static String bytes(long bytes) {
        if (bytes < 0) {
            return NOTHING;
        }
        if (bytes < KIB) {
            return bytes + " bytes";
        }
        return bytes < MIB ? bytes / KIB + " KiB" : bytes / MIB + " MiB";
    }

    /** Returns a share of 1 in percent; a negative one is unknown. */
    static String percent(double share) {
        return share < 0 ? NOTHING : Math.round(100 * share) + "%";
    }

    /** Returns a number; a negative one is unknown. */
    static String number(long number) {
        return number < 0 ? NOTHING : Long.toString(number);
    }

    /** Returns a time, in UTC and whole seconds. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
