package io.github.ignitetasks.support;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.Deadlines;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/**
 * A counter that tasks in any process on this machine can advance: as many files as were counted.
 *
 * @param folder where they are
 */
public record Tally(File folder) implements Serializable {

    /** Returns the tally of a folder, which it makes if that is missing. */
    public static Tally in(Path folder) {
        File runs = folder.resolve("tally").toFile();
        if (!runs.isDirectory() && !runs.mkdir() && !runs.isDirectory()) {
            throw new IllegalStateException("cannot make " + runs);
        }
        return new Tally(runs);
    }

    /** Counts one more. */
    @SuppressWarnings("CheckReturnValue") // that it exists is what counts
    public void add() {
        try {
            File.createTempFile("one", "", folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until so many were counted. */
    public void await(int count) {
        Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> count() >= count);
    }

    /** Returns how many were counted. */
    public int count() {
        return requireNonNull(folder.list(), "folder").length;
    }
}
