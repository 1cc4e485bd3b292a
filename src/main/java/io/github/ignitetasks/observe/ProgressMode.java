package io.github.ignitetasks.observe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a progress line shows itself. */
enum ProgressMode {
    /** A bar on a terminal, lines of the log elsewhere. */
    AUTO,
    /** A line that is redrawn. */
    BAR,
    /** Lines of the log. */
    LOG,
    /** Nothing. */
    OFF;

    /** The values of the settings, for messages. */
    static final String VALUES = "auto, bar, log or off";

    /** Returns the mode of this setting; empty if there is none. */
    static Optional<ProgressMode> of(String setting) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(setting))
                .findFirst();
    }
}
