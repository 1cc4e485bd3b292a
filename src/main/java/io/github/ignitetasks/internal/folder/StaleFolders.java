package io.github.ignitetasks.internal.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work directories that killed JVMs left behind. The name of a directory contains the process id and the start time
 * of its JVM. A directory is stale once its JVM no longer holds the lock in it.
 */
public final class StaleFolders {
    /** The file in a directory that its JVM has locked. */
    static final String LOCK = "lock";

    private static final Logger LOG = LoggerFactory.getLogger(StaleFolders.class);
    private static final String NAME = "ignite-tasks-";

    /** The name of a directory: with process id and start time, or, from earlier versions, only a random number. */
    private static final Pattern OURS = Pattern.compile(NAME + "(?:((\\d{1,10})-(\\d{1,14}))-\\d{1,20}|\\d{12,20})");

    /** The age below which a directory without a lock may still get one. */
    private static final Duration UNLOCKED_AGE = Duration.ofMinutes(5);

    private static final int DELETE_ATTEMPTS = 10;
    private static final long DELETE_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final String THIS_JVM = thisJvm();
    private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

    private StaleFolders() {}

    /** Returns the prefix of the names of this JVM's directories. */
    static String prefix() {
        return NAME + THIS_JVM + "-";
    }

    private static String thisJvm() {
        ProcessHandle process = ProcessHandle.current();
        long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return process.pid() + "-" + start;
    }

    /** Deletes the stale directories of other JVMs here, unless this JVM has already done so. */
    public static void sweepOnce(Path parent, Path own) {
        if (SWEPT.add(parent.toAbsolutePath().normalize())) {
            sweep(parent, own);
        }
    }

    /**
     * Deletes the stale directories of other JVMs.
     *
     * @param own a directory of this JVM, which identifies the user
     */
    static void sweep(Path parent, Path own) {
        String[] names = parent.toFile().list((folder, name) -> name.startsWith(NAME)); // 10,000 of them take 10 ms
        if (names == null) {
            return;
        }
        for (String name : names) {
            Matcher ours = OURS.matcher(name);
            // This JVM's own directories are skipped: closing a second channel of their lock would release the lock.
            if (ours.matches() && !THIS_JVM.equals(ours.group(1))) {
                Path left = parent.resolve(name);
                try {
                    if (!isOfLiveJvm(ours) && isOwnedAlike(left, own)) {
                        deleteIfUnlocked(left);
                    }
                } catch (NoSuchFileException e) {
                    LOG.debug("another JVM has deleted {}", left, e);
                } catch (IOException | OverlappingFileLockException e) {
                    LOG.warn("cannot delete {}, which another JVM left; delete it by hand: {}", left, e.toString());
                }
            }
        }
    }

    /** Returns whether the JVM in the name is alive. This check also works on file systems without locks. */
    private static boolean isOfLiveJvm(Matcher ours) {
        return ours.group(1) != null
                && ProcessHandle.of(Long.parseLong(ours.group(2)))
                        .flatMap(process -> process.info().startInstant())
                        .filter(start -> start.toEpochMilli() == Long.parseLong(ours.group(3)))
                        .isPresent();
    }

    private static boolean isOwnedAlike(Path folder, Path own) throws IOException {
        UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
        return owner.equals(Files.getOwner(own)) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static void deleteIfUnlocked(Path folder) throws IOException {
        Path lock = folder.resolve(LOCK);
        if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isBefore(Instant.now().minus(UNLOCKED_AGE))) {
                delete(folder);
            }
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                delete(folder);
            }
        }
    }

    /**
     * Deletes a directory with all its entries, the lock last. Other processes may add or delete entries meanwhile.
     *
     * @throws IOException if the directory cannot be deleted; a missing directory is not an error
     */
    static void delete(Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                    Files.walkFileTree(folder, new Deletion(folder.resolve(LOCK)));
                    Files.deleteIfExists(folder.resolve(LOCK));
                    Files.deleteIfExists(folder);
                }
                return;
            } catch (IOException e) {
                if (attempt == DELETE_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(DELETE_DELAY_NANOS);
            }
        }
    }

    /** A visitor that deletes all entries except the lock and its directory. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        private final Path lock;

        Deletion(Path lock) {
            this.lock = lock;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!file.equals(lock)) {
                Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            if (problem != null) {
                throw problem;
            }
            if (!folder.equals(lock.getParent())) {
                Files.deleteIfExists(folder);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
