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
 * A counter that tasks in any process on this machine can increment. Each count is a file.
 *
 * @param folder the folder of the files
 */
public record Tally(File folder) implements Serializable {

    /** Returns the tally of a folder, and creates it if it is missing. */
    public static Tally in(Path folder) {
        File runs = folder.resolve("tally").toFile();
        if (!runs.isDirectory() && !runs.mkdir() && !runs.isDirectory()) {
            throw new IllegalStateException("cannot make " + runs);
        }
        return new Tally(runs);
    }

    /** Adds one to the count. */
    @SuppressWarnings("CheckReturnValue") // only the existence of the file matters
    public void add() {
        try {
            File.createTempFile("one", "", folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the count is at least this number. */
    public void await(int count) {
        Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> count() >= count);
    }

    /** Returns the current count. */
    public int count() {
        return requireNonNull(folder.list(), "folder").length;
    }
}
