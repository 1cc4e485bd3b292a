package io.github.ignitetasks.benchmarks.measure;

import java.util.Locale;

/** Formats figures as text, without spaces. */
public final class Figures {
    private Figures() {}

    /** Returns a number of tasks a second as text. */
    public static String perSecond(double tasks) {
        return String.format(Locale.ROOT, "%.0f/s", tasks);
    }

    /** Returns a time in nanoseconds as text, with three significant digits, in a suitable unit. */
    public static String time(double nanos) {
        if (nanos < 1e6) {
            return digits(nanos / 1e3) + "µs";
        }
        return nanos < 1e9 ? digits(nanos / 1e6) + "ms" : digits(nanos / 1e9) + "s";
    }

    /** Returns a number of bytes as text. */
    public static String bytes(double bytes) {
        return String.format(Locale.ROOT, "%.0fB", bytes);
    }

    /** Returns a figure as text, with three significant digits. */
    public static String digits(double figure) {
        double size = Math.abs(figure);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", figure);
    }

    /** Returns a figure as text, without needless decimals. */
    static String shortest(double figure) {
        return figure == Math.rint(figure) ? String.format(Locale.ROOT, "%.0f", figure) : Double.toString(figure);
    }
}
