package io.github.ignitetasks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for what a temporary node writes, among the temporary files; Ignite would use one in the current directory.
 *
 * @param path where it is
 */
public record WorkFolder(Path path) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);

    /** Makes a new folder. */
    public static WorkFolder make() {
        try {
            return new WorkFolder(Files.createTempDirectory("ignite-tasks-"));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make a work folder for a node in " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    /** Deletes the folder with all that is in it, when its node has ended. A second call does nothing. */
    @Override
    public void close() {
        if (Files.notExists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> innerFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : innerFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot delete the work folder {} of a node", path, e);
        }
    }
}
