package io.github.ignitetasks.contract;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * A counter that tasks in any process on this machine can advance: as many files as were counted.
 *
 * @param folder where they are
 */
public record Tally(File folder) implements Serializable {

    /** Counts one more. */
    @SuppressWarnings("CheckReturnValue") // that it exists is what counts
    public void add() {
        try {
            File.createTempFile("one", "", folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many were counted. */
    public int count() {
        return requireNonNull(folder.list(), "folder").length;
    }
}
