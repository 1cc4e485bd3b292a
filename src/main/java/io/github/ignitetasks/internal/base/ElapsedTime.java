package io.github.ignitetasks.internal.base;

import java.time.Duration;
import java.util.Locale;

/** The text of an elapsed time, for people. */
public final class ElapsedTime {
    private static final long LONG_SECONDS = 100;

    private ElapsedTime() {}

    /** Returns nanoseconds as text, such as {@code 3.2 s} or {@code 62 min 5 s}. */
    public static String text(long nanos) {
        Duration time = Duration.ofNanos(nanos);
        return time.toSeconds() < LONG_SECONDS
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3)
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
