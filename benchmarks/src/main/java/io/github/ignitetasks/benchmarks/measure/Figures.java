package io.github.ignitetasks.benchmarks.measure;

import java.util.Locale;

/** Figures as text, without spaces. */
public final class Figures {
    private Figures() {}

    /** Returns a number of tasks a second. */
    public static String perSecond(double tasks) {
        return String.format(Locale.ROOT, "%.0f/s", tasks);
    }

    /** Returns a time, with three digits that count, in the unit that suits it. */
    public static String time(double nanos) {
        if (nanos < 1e6) {
            return digits(nanos / 1e3) + "µs";
        }
        return nanos < 1e9 ? digits(nanos / 1e6) + "ms" : digits(nanos / 1e9) + "s";
    }

    /** Returns a number of bytes. */
    public static String bytes(double bytes) {
        return String.format(Locale.ROOT, "%.0fB", bytes);
    }

    /** Returns a figure with three digits that count. */
    public static String digits(double figure) {
        double size = Math.abs(figure);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", figure);
    }

    /** Returns a figure without decimals that say nothing. */
    static String shortest(double figure) {
        return figure == Math.rint(figure) ? String.format(Locale.ROOT, "%.0f", figure) : Double.toString(figure);
    }
}
