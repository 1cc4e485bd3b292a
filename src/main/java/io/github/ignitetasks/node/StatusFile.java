package io.github.ignitetasks.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A file by which a node tells other processes of its machine that it is part of its grid: there is such a file, and it
 * was written not long ago.
 *
 * @param path where it is
 */
record StatusFile(Path path) {
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** So long that a node that is only slow does not miss it. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    /** Writes it; to be done once in each interval. */
    void refresh() {
        try {
            Files.writeString(path, "joined\n");
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot write the status file " + path + "; give one in a folder that is writable", e);
        }
    }

    /** Checks that it can be written; what an earlier node left is gone then. */
    void checkWritable() {
        refresh();
        delete();
    }

    /** Returns whether it was written not long ago. */
    boolean isFresh() {
        try {
            return Files.isRegularFile(path)
                    && Files.getLastModifiedTime(path)
                            .toInstant()
                            .isAfter(Instant.now().minus(FRESH));
        } catch (IOException e) {
            return false; // it was deleted meanwhile
        }
    }

    /** Deletes it, if it is there. */
    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new IllegalStateException("cannot delete the status file " + path + "; give another", e);
        }
    }
}
