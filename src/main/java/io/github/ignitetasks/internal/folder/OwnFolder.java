package io.github.ignitetasks.internal.folder;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * A directory whose content only this user or the administrator can have written. On a file system without POSIX
 * permissions, only the owner is checked.
 */
public final class OwnFolder {
    private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final Integer ADMINISTRATOR = 0;

    /** The mode bit of a directory in which only the owner of an entry may rename it. */
    private static final int STICKY = 01000;

    private OwnFolder() {}

    /**
     * Creates a directory for this user only, if it is missing, and checks its owner.
     *
     * @return the real path of the directory, without symbolic links
     * @throws ForeignFolderException if other users may have written into it; the message says how
     * @throws IOException if the directory cannot be created or written to
     */
    public static Path make(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)) {
            throw new ForeignFolderException("is a symbolic link");
        }
        Files.createDirectories(folder, permissions(folder, "rwx------"));
        Path real = folder.toRealPath();
        if (isWritableByOthers(real)) {
            throw new ForeignFolderException("can be written by other users; take that away with chmod go-w");
        }
        UserPrincipal owner = Files.getOwner(real, LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(thisUser(real))) {
            throw new ForeignFolderException("belongs to user " + owner.getName());
        }
        for (Path outer = real.getParent(); outer != null; outer = outer.getParent()) {
            if (letsOthersRename(outer, owner)) {
                throw new ForeignFolderException("is in " + outer + ", where other users can put another in its place");
            }
        }
        return real;
    }

    /** Returns whether a file belongs to the owner of this directory, and no other user can have written it. */
    public static boolean hasOwnFile(Path folder, Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && !isWritableByOthers(file)
                    && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(folder));
        } catch (IOException e) {
            return false; // it was deleted meanwhile
        }
    }

    /**
     * Returns the attributes that give a new file or directory these permissions; empty if the file system has none.
     */
    public static FileAttribute<?>[] permissions(Path path, String text) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }

    /** Returns the user of this process, who is the owner of its new files. */
    private static UserPrincipal thisUser(Path folder) throws IOException {
        Path made = Files.createTempFile(folder, "owner-", null);
        try {
            return Files.getOwner(made, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private static boolean isWritableByOthers(Path path) throws IOException {
        return isPosix(path) && isWritable(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private static boolean isWritable(Set<PosixFilePermission> permissions) {
        return permissions.stream().anyMatch(WRITE_OF_OTHERS::contains);
    }

    private static boolean letsOthersRename(Path folder, UserPrincipal user) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return false;
        }
        PosixFileAttributes attributes =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.owner().equals(user)
                && !Files.getAttribute(folder, "unix:uid").equals(ADMINISTRATOR)) {
            return true;
        }
        Set<PosixFilePermission> permissions = new HashSet<>(attributes.permissions());
        if (attributes.group().getName().equals(attributes.owner().getName())) {
            permissions.remove(PosixFilePermission.GROUP_WRITE); // by convention a group with only that user
        }
        boolean sticky = ((Integer) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
        return isWritable(permissions) && !sticky;
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** An exception for a directory into which other users may have written. */
    public static final class ForeignFolderException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        ForeignFolderException(String message) {
            super(message);
        }
    }
}
