package io.github.ignitetasks.internal.folder;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that belongs to the user of this process, and that no other user can enter. What is made in it is out of their
 * reach from the first moment, whatever the umask of this process, which Java cannot set. On a file system without
 * permissions it is a folder like any other.
 *
 * @param path where it is
 */
public record PrivateFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

    /**
     * Makes a folder, or closes one that is there to other users if it is empty or has only known things in it.
     *
     * @param known the names of what it may have in it already
     * @param setting what the user calls it
     * @throws IllegalStateException if it cannot be made or closed, or closing it may shut others out from what is theirs;
     *     the message names the setting
     */
    public static PrivateFolder prepare(Path path, Set<String> known, String setting) {
        PrivateFolder folder = new PrivateFolder(path);
        try {
            folder.make();
            if (folder.hasPermissions()) {
                folder.checkOwner(setting);
                folder.close(known, setting);
                folder.narrow();
            }
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(
                    said(setting, path) + "is no folder that this user can write to and close to other users (" + e
                            + "); set one that is",
                    e);
        }
    }

    private void make() throws IOException {
        if (!Files.isDirectory(path)) {
            if (hasPermissions()) {
                Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
            } else {
                Files.createDirectories(path);
            }
        }
    }

    /** The owner of a folder reads what is in it, whatever its permissions. */
    private void checkOwner(String setting) throws IOException {
        Path own = Files.createTempFile(path, ".owner-", ""); // belongs to this process's user
        UserPrincipal user;
        try {
            user = Files.getOwner(own);
        } finally {
            Files.deleteIfExists(own);
        }
        UserPrincipal owner = Files.getOwner(path);
        if (!owner.equals(user)) {
            throw new IllegalStateException(said(setting, path) + "belongs to another user, " + owner.getName()
                    + ", who can read what is in it; set a new folder within it, or one of this user");
        }
    }

    private void close(Set<String> known, String setting) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (OWNER_ALONE.containsAll(permissions)) {
            return;
        }
        List<String> names = names();
        List<String> unknown =
                names.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(said(setting, path) + "is open to other users ("
                    + PosixFilePermissions.toString(permissions)
                    + ") and has other things in it than records, such as '"
                    + unknown.get(0) + "'; set a new folder within it, or close it by chmod 700");
        }
        if (!names.isEmpty() && permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IllegalStateException(said(setting, path) + "has records in it that any user can change;"
                    + " close it by chmod 700 if you trust what is in it, or set another");
        }
        Files.setPosixFilePermissions(path, OWNER_ALONE);
        if (!OWNER_ALONE.containsAll(Files.getPosixFilePermissions(path))) {
            throw new IllegalStateException(said(setting, path)
                    + "is on a file system that does not let it be closed to other users; set one on another");
        }
        if (!names.isEmpty()) {
            LOG.warn(
                    "the folder {} has records and was open to other users ({}); it is closed to them now",
                    path,
                    PosixFilePermissions.toString(permissions));
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /**
     * Takes the permissions of other users from all that is in it, so that files are not open to them either where somebody
     * moves or copies them to. It follows no links.
     */
    public void narrow() throws IOException {
        if (hasPermissions()) {
            Files.walkFileTree(path, new Narrowing());
        }
    }

    private boolean hasPermissions() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String said(String setting, Path path) {
        return setting + " '" + path + "' ";
    }

    /** Takes permissions from files, some of which may vanish meanwhile. */
    private static final class Narrowing extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            narrow(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!attributes.isSymbolicLink()) {
                narrow(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            return unlessNotOurs(problem);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            return problem == null ? FileVisitResult.CONTINUE : unlessNotOurs(problem);
        }

        /** What this user cannot look into is not this user's, such as the folder that a disk has for lost files. */
        private static FileVisitResult unlessNotOurs(IOException problem) throws IOException {
            if (problem instanceof NoSuchFileException || problem instanceof AccessDeniedException) {
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }

        private static void narrow(Path path) throws IOException {
            try {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
                if (!OWNER_ALONE.containsAll(permissions)) {
                    Set<PosixFilePermission> narrowed = EnumSet.copyOf(OWNER_ALONE);
                    narrowed.retainAll(permissions);
                    Files.setPosixFilePermissions(path, narrowed);
                }
            } catch (NoSuchFileException e) {
                LOG.trace("{} is gone", path, e);
            }
        }
    }
}
