package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.internal.base.PlainText;
import java.io.Serializable;

/** The name and the options that tasks and flows have in common. */
record NamedOptions(String name, CallOptions options) implements Serializable {
    /** Shorter than the maximum length of a key, because keys append ids and counts to the name. */
    private static final int MAX_NAME_LENGTH = 900;

    NamedOptions {
        requireNonNull(name, "name");
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("name must have 1 to " + MAX_NAME_LENGTH
                    + " characters that are not all blank, but "
                    + (name.isBlank() ? "is '" + PlainText.inOneLine(name) + "'" : "has " + name.length())
                    + "; give a short name");
        }
        PlainText.check("name", name);
    }

    static NamedOptions of(String name) {
        return new NamedOptions(name, CallOptions.none());
    }

    NamedOptions with(CallOptions newOptions) {
        return new NamedOptions(name, newOptions);
    }
}
