package io.github.ignitetasks.internal.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A work directory of a temporary node, in the system's temporary directory. Ignite by default would use the current
 * directory. The JVM that created the directory locks a file in it. The lock ends when the directory is closed or the
 * JVM ends, even if the JVM is killed. So a later JVM can recognize and delete stale directories. No other user can
 * read it.
 *
 * <p>Safe for use by many threads.
 */
public final class WorkFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final String UNLOCKED = "lock.new";

    private final Path path;
    private final Optional<FileChannel> lock;

    /** Wraps a directory that another process has created and may have locked. */
    public WorkFolder(Path path) {
        this(path, Optional.empty());
    }

    private WorkFolder(Path path, Optional<FileChannel> lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates a new directory in the system's temporary directory. The first call also deletes stale directories of
     * other JVMs there.
     *
     * @throws IllegalStateException if the directory cannot be created; the message names the temporary directory
     */
    public static WorkFolder make() {
        String temporary = System.getProperty(TEMPORARY, "");
        try {
            return makeIn(Path.of(temporary));
        } catch (IOException | InvalidPathException e) {
            throw new IllegalStateException(
                    "cannot make a work folder for a node in " + TEMPORARY + " '" + temporary + "' (" + e
                            + "); start the JVM with -D" + TEMPORARY + "=FOLDER, a folder that exists and is writable",
                    e);
        }
    }

    /** Creates a new directory in this one. The first call also deletes stale directories of other JVMs there. */
    public static WorkFolder makeIn(Path parent) throws IOException {
        Path path =
                Files.createTempDirectory(parent, StaleFolders.prefix(), OwnFolder.permissions(parent, "rwx------"));
        try {
            WorkFolder made = new WorkFolder(path, lock(path));
            StaleFolders.sweepOnce(parent, path);
            return made;
        } catch (IOException | RuntimeException e) {
            delete(path);
            throw e;
        }
    }

    /**
     * Locks a file in a directory; empty if the file system has no locks. The file gets its final name only once it is
     * locked. So other JVMs never find it unlocked while its JVM is alive.
     */
    private static Optional<FileChannel> lock(Path folder) throws IOException {
        Path unlocked = folder.resolve(UNLOCKED);
        FileChannel channel = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                Files.move(unlocked, folder.resolve(StaleFolders.LOCK), StandardCopyOption.ATOMIC_MOVE);
                return Optional.of(channel);
            }
        } catch (IOException e) {
            LOG.debug("the work folder {} goes without a lock", folder, e);
        }
        channel.close();
        return Optional.empty();
    }

    /** Returns the path of the directory. */
    public Path path() {
        return path;
    }

    /** Deletes the directory with all its entries. Its node must have stopped. A second call does nothing. */
    @Override
    public void close() {
        delete(path);
        lock.ifPresent(WorkFolder::release);
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("a lock that cannot be released ends with this JVM", e);
        }
    }

    private static void delete(Path path) {
        try {
            StaleFolders.delete(path);
        } catch (IOException e) {
            LOG.warn("cannot delete the work folder {} of a node; a later start tries again: {}", path, e.toString());
        }
    }
}
