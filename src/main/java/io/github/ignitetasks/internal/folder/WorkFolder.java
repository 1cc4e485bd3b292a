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
 * A folder for what a temporary node writes, among the temporary files; Ignite would use one in the current directory.
 * The JVM that made it holds a lock on a file in it until the folder is closed or the JVM ends, however it ends. So a
 * later JVM knows which folders nobody uses any more, and deletes them. No other user can look into it.
 *
 * <p>Safe to share between threads.
 */
public final class WorkFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final String UNLOCKED = "lock.new";

    private final Path path;
    private final Optional<FileChannel> lock;

    /** Takes a folder that another has made, and holds the lock of if there is one. */
    public WorkFolder(Path path) {
        this(path, Optional.empty());
    }

    private WorkFolder(Path path, Optional<FileChannel> lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes a new folder among the temporary files. The first one deletes those that other JVMs left there.
     *
     * @throws IllegalStateException if it cannot be made; the message names the folder of temporary files
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

    /** Makes a new folder in this one, after the first deleted those that other JVMs left there. */
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
     * Locks a file in a folder; empty where the file system has no locks. The file gets its name once it is locked, so
     * nobody finds it unlocked while its JVM lives.
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

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Deletes the folder with all that is in it, when its node has ended. A second call does nothing. */
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
