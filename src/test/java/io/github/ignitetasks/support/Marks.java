package io.github.ignitetasks.support;

import io.github.ignitetasks.Deadlines;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Marks that tasks and tests leave in a folder for each other, whatever JVM they are in.
 *
 * @param folder the name of the folder
 */
public record Marks(String folder) implements Serializable {

    /** Returns the marks of a folder. */
    public static Marks in(Path folder) {
        return new Marks(folder.toString());
    }

    /** Leaves one more mark of this kind. */
    public void leave(String kind) {
        try {
            Files.createFile(Path.of(folder, kind + "." + UUID.randomUUID()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many marks of this kind there are. */
    public long count(String kind) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.getFileName().toString().startsWith(kind + "."))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until there are so many marks of this kind. */
    public void await(String kind, int count) {
        Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> count(kind) >= count);
    }
}
