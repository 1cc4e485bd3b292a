package io.github.ignitetasks.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words of a progress line. */
final class ProgressText {
    private static final int BAR_WIDTH = 20;

    /** A line that is narrower has no bar. */
    private static final int LEAST_WIDTH = 60;

    private static final long MOST_HOURS = 99;
    private static final long MOST_SECONDS = 99;
    private static final long MOST_MINUTES = 99;

    private ProgressText() {}

    /** Returns the line for a terminal, such as {@code [####......] 4 of 10, 2 running}, cut to its width. */
    static String line(ProgressNumbers numbers, ProgressPace pace, Terminal terminal) {
        String bar = terminal.width() < LEAST_WIDTH ? "" : bar(numbers, terminal.unicode()) + " ";
        String text = bar + amount(numbers) + details(numbers, pace);
        return text.length() < terminal.width() ? text : text.substring(0, Math.max(0, terminal.width() - 1));
    }

    /** Returns the text for the log, such as {@code 4 of 10 tasks ended, 2 running}. */
    static String message(ProgressNumbers numbers, ProgressPace pace) {
        return amount(numbers) + " tasks ended" + details(numbers, pace);
    }

    /** Returns the words that tell the failures; empty if there are none. */
    static String failed(ProgressNumbers numbers) {
        return numbers.failed() == 0 ? "" : number(numbers.failed()) + " failed";
    }

    private static String amount(ProgressNumbers numbers) {
        return number(numbers.ended()) + " of " + number(Math.max(numbers.total(), numbers.ended()));
    }

    private static String bar(ProgressNumbers numbers, boolean unicode) {
        long total = Math.max(1, numbers.total());
        int full = (int) Math.min(BAR_WIDTH, numbers.ended() * BAR_WIDTH / total);
        return unicode
                ? Terminal.FULL.repeat(full) + Terminal.EMPTY.repeat(BAR_WIDTH - full)
                : "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "]";
    }

    private static String details(ProgressNumbers numbers, ProgressPace pace) {
        List<String> parts = new ArrayList<>();
        addIfAny(parts, numbers.running(), "running");
        addIfAny(parts, numbers.failed(), "failed");
        addIfAny(parts, numbers.notReady(), "not ready");
        addIfAny(parts, numbers.cancelled(), "cancelled");
        pace.perSecond().ifPresent(rate -> parts.add(rate(rate)));
        pace.left().flatMap(ProgressText::duration).ifPresent(left -> parts.add(left + " left"));
        return parts.isEmpty() ? "" : ", " + String.join(", ", parts);
    }

    private static void addIfAny(List<String> parts, long number, String what) {
        if (number != 0) {
            parts.add(number(number) + " " + what);
        }
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String rate(double perSecond) {
        double perMinute = perSecond * 60;
        if (perSecond >= 1) {
            return digits(perSecond) + "/s";
        }
        return perMinute >= 1 ? digits(perMinute) + "/min" : digits(perMinute * 60) + "/h";
    }

    private static String digits(double rate) {
        return String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%,.0f", rate);
    }

    /** Returns a duration as text with two digits at least; empty if it is too long to mean anything. */
    private static Optional<String> duration(Duration time) {
        if (time.toSeconds() <= MOST_SECONDS) {
            return Optional.of(time.toSeconds() + " s");
        }
        if (time.toMinutes() <= MOST_MINUTES) {
            return Optional.of(time.toMinutes() + " min");
        }
        return time.toHours() <= MOST_HOURS
                ? Optional.of(time.toHours() + " h " + time.toMinutesPart() + " min")
                : Optional.empty();
    }
}
