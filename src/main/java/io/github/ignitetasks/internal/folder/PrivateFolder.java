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
 * A directory that belongs to the user of this process, and that no other user can enter. New files in it are out of
 * reach of other users at once, whatever the umask of this process, which Java cannot set. On a file system without
 * permissions it is an ordinary directory.
 *
 * @param path the path of the directory
 */
public record PrivateFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

    /**
     * Creates a directory, or closes an existing one to other users. An existing one must be empty or have only known
     * entries.
     *
     * @param known the names of the entries that it may already have
     * @param setting the user's name for the setting
     * @throws IllegalStateException if the directory cannot be created or closed, or closing it might lock other users
     *     out of their own files; the message names the setting
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

    /** Checks the owner, because the owner of a directory can read its content despite its permissions. */
    private void checkOwner(String setting) throws IOException {
        Path own = Files.createTempFile(path, ".owner-", ""); // its owner is this process's user
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
     * Removes the permissions of other users from all entries. The files then stay closed even if they are moved or
     * copied elsewhere. This method follows no links.
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

    /** A visitor that removes permissions from files. Files may vanish meanwhile. */
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

        /**
         * Ignores entries that this user cannot read. They belong to others, such as the lost+found directory of a
         * disk.
         */
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
