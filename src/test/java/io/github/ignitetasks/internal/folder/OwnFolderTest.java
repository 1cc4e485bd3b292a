package io.github.ignitetasks.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ignitetasks.internal.folder.OwnFolder.ForeignFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnFolderTest {
    private static final Integer NOBODY = 65_534;
    private static final Integer STICKY = 01777;

    @TempDir
    private Path folder;

    @Test
    void folderIsMadeForItsOwnerAloneAndSoAreTheFoldersAroundIt() throws IOException {
        Path made = OwnFolder.make(folder.resolve("outer/inner"));

        assertThat(made).isEmptyDirectory();
        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("outer"))).isEqualTo("rwx------");
    }

    @Test
    void folderThatOthersMayReadIsStillOurs() throws IOException {
        assertThat(OwnFolder.make(folder("rwxr-xr-x"))).isDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx", "rwx-w----"})
    void folderThatOthersMayWriteIsRefused(String permissions) throws IOException {
        assertRefused(folder(permissions), "chmod go-w");
    }

    @Test
    void linkIsRefusedEvenToAFolderOfOurs() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder("rwx------"));

        assertRefused(link, "is a symbolic link");
        assertRefused(Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("none")), "symbolic link");
    }

    /** A parent folder may be a symbolic link, as homes are. The result is the real path. */
    @Test
    void linkOnTheWayIsFollowedOnce() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("home"), folder("rwx------"));

        assertThat(OwnFolder.make(link.resolve("cache")))
                .isEqualTo(folder.toRealPath().resolve("made/cache"));
    }

    @Test
    void folderOfAnotherUserIsRefused() throws IOException {
        Path foreign = folder("rwxr-xr-x");
        try {
            Files.setAttribute(foreign, "unix:uid", NOBODY);
        } catch (IOException e) { // only root can give folders to others
            assertThatThrownBy(() -> OwnFolder.make(Path.of("/"))).isInstanceOf(IOException.class);
            return;
        }

        assertRefused(foreign, "belongs to user ");
    }

    @Test
    void folderWhoseParentOthersMayWriteIsRefusedUnlessOnlyOwnersRenameThere() throws IOException {
        Path parent = folder("rwxrwxrwx");
        assertRefused(parent.resolve("cache"), "other users can put another in its place");
        assertRefused(parent.resolve("more/cache"), "other users can put another in its place");

        Files.setAttribute(parent, "unix:mode", STICKY);
        assertThat(OwnFolder.make(parent.resolve("cache"))).isDirectory();
    }

    @Test
    void fileInPlaceOfTheFolderIsAnError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> OwnFolder.make(file)).isInstanceOf(IOException.class);
    }

    @Test
    void fileCountsIfItIsOursAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(OwnFolder.hasOwnFile(folder, file)).isTrue();
        assertThat(OwnFolder.hasOwnFile(folder, link)).isFalse();
        assertThat(OwnFolder.hasOwnFile(folder, folder.resolve("none"))).isFalse();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(OwnFolder.hasOwnFile(folder, file)).isFalse();
    }

    private static void assertRefused(Path refused, String reason) {
        assertThatExceptionOfType(ForeignFolderException.class)
                .isThrownBy(() -> OwnFolder.make(refused))
                .withMessageContaining(reason);
    }

    private Path folder(String permissions) throws IOException {
        Path made = Files.createDirectory(folder.resolve("made"));
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
        return made;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
