package io.github.ignitetasks.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that tells other processes of this machine that a node is part of its grid. It contains the time at which it
 * was written, which must be recent.
 *
 * <p>Other users cannot deceive the node or the reader of the file. The node moves a new file into place each time, so
 * it follows no link. The reader follows no link either. In a directory where other users may write, it trusts only a
 * file of its own user.
 *
 * @param path the path of the file
 */
record StatusFile(Path path) {
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** The age at which the file expires. It is long enough for a node that is only slow. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    private static final Pattern TEXT = Pattern.compile("joined (\\S+)\n");
    private static final int MAX_BYTES = 100;

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS = PosixFilePermissions.fromString("----w--w-");

    /** Writes the file. The node calls this once in each interval. */
    void refresh() throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(path.toString(), null, "it is a folder");
        }
        Path draft = newFile();
        try {
            Files.writeString(draft, "joined " + Instant.now() + "\n");
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Checks that the file can be written, and deletes the file of an earlier node.
     *
     * @throws IllegalStateException if the file cannot be written; the message names it
     */
    void checkWritable() {
        try {
            refresh();
            delete();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot write the status file '" + path + "' (" + e + "); give one in a folder that is writable",
                    e);
        }
    }

    /** Deletes the file, if it exists. */
    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /** Returns why the node is not known to be part of its grid; empty if it is. */
    Optional<String> problem() {
        try {
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                return problem("is not there, or is no file");
            }
            if (!isTrusted()) {
                return problem("is another user's, in a folder where others may write;"
                        + " have the node write it to a folder of its own");
            }
            Optional<Instant> written = written();
            if (written.isEmpty()) {
                return problem("does not say what a node writes");
            }
            return isFresh(written.get())
                    ? Optional.empty()
                    : problem("is of " + written.get() + ", and not of the last " + FRESH.toSeconds() + " seconds");
        } catch (IOException e) {
            return problem("cannot be read: " + e);
        }
    }

    private Optional<String> problem(String what) {
        return Optional.of("the status file '" + path + "' " + what);
    }

    private boolean isTrusted() throws IOException {
        if (!hasPermissions() || Collections.disjoint(Files.getPosixFilePermissions(folder()), WRITABLE_BY_OTHERS)) {
            return true;
        }
        Path own = newFile(); // its owner is this process's user
        try {
            UserPrincipal owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
            return owner.equals(Files.getOwner(own, LinkOption.NOFOLLOW_LINKS));
        } finally {
            Files.deleteIfExists(own);
        }
    }

    /**
     * Returns the time of writing from the content of the file. A full disk still updates the modification time, but
     * stores no text.
     */
    private Optional<Instant> written() throws IOException {
        try (InputStream input = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            Matcher text = TEXT.matcher(new String(input.readNBytes(MAX_BYTES), US_ASCII));
            return text.matches() ? Optional.of(Instant.parse(text.group(1))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isFresh(Instant written) {
        Instant now = Instant.now();
        return !written.isAfter(now) && written.isAfter(now.minus(FRESH));
    }

    private Path newFile() throws IOException {
        FileAttribute<?>[] attributes = hasPermissions()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(READABLE)}
                : new FileAttribute<?>[0];
        return Files.createTempFile(folder(), ".status-", ".new", attributes);
    }

    private Path folder() {
        return requireNonNull(path.toAbsolutePath().getParent(), "only a folder has no parent");
    }

    private boolean hasPermissions() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
