package io.github.ignitetasks.internal.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.internal.folder.PrivateFolder;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.OtherUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the permissions of the folders of records. */
final class RecordFoldersTest {
    @TempDir
    private Path folder;

    private Path store;
    private DataStorageConfiguration storage;
    private IgniteConfiguration node;

    @BeforeEach
    void configure() {
        store = folder.resolve("parent/store");
        storage = new DataStorageConfiguration()
                .setDefaultDataRegionConfiguration(new DataRegionConfiguration().setPersistenceEnabled(true));
        node = new IgniteConfiguration().setWorkDirectory(store.toString()).setDataStorageConfiguration(storage);
    }

    @Test
    void newFolderIsOfItsOwnerAlone() throws IOException {
        prepare();

        assertPermissions(store, "rwx------");
        assertThat(store).isEmptyDirectory();
    }

    @Test
    void storeThatWasOpenIsClosedWithOneLineInTheLog() throws IOException {
        Path file = open(store.resolve("db/node/part-1.bin"));
        open(store.resolve("diagnostic/old"));
        try (CapturedLog log = CapturedLog.of(PrivateFolder.class)) {
            prepare();
            prepare();

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("the folder " + store + " ", "was open to other users (rwxr-xr-x)");
        }
        assertPermissions(store, "rwx------");
        assertPermissions(store.resolve("db/node"), "rwx------");
        assertPermissions(file, "rw-------");
    }

    @Test
    void emptyFolderThatWasOpenIsClosed() throws IOException {
        openFolder(store);
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxrwxrwx"));

        prepare();

        assertPermissions(store, "rwx------");
    }

    @Test
    void filesThatAreMadeLaterAreNarrowedWhenAsked() throws IOException {
        RecordFolders folders = prepare();
        Path file = open(store.resolve("db/part-2.bin"));
        Path outside = open(folder.resolve("outside"));
        Path link = Files.createSymbolicLink(store.resolve("db/link"), outside);

        folders.narrow();

        assertPermissions(file, "rw-------");
        assertPermissions(outside, "rw-r--r--");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void openFolderWithOtherThingsInItIsRefusedAndLeftAsItIs() throws IOException {
        Path web = open(store.resolve("web/index.html"));
        open(store.resolve("db/part-1.bin"));

        assertThatIllegalStateException()
                .isThrownBy(this::prepare)
                .withMessageContaining("IGNITE_TASKS_STORE")
                .withMessageContaining("'" + store + "' is open to other users (rwxr-xr-x)")
                .withMessageContaining("'web'")
                .withMessageContaining("chmod 700");
        assertPermissions(store, "rwxr-xr-x");
        assertPermissions(web, "rw-r--r--");

        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwx------"));
        prepare();
    }

    @Test
    void recordsThatAnyUserMayHaveChangedAreRefused() throws IOException {
        open(store.resolve("db/part-1.bin"));
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatIllegalStateException()
                .isThrownBy(this::prepare)
                .withMessageContaining("'" + store + "' has records in it that any user can change");
    }

    @Test
    void folderOfAnotherUserIsRefused() throws IOException {
        openFolder(store);
        if (OtherUser.isPossible()) {
            OtherUser.own(store);

            assertThatIllegalStateException()
                    .isThrownBy(this::prepare)
                    .withMessageContaining("'" + store + "' belongs to another user, nobody")
                    .withMessageContaining("set a new folder within it");
        }
    }

    @Test
    void folderThatIsAFileIsRefusedByName() throws IOException {
        open(store);

        assertThatIllegalStateException()
                .isThrownBy(this::prepare)
                .withMessageContaining("IGNITE_TASKS_STORE")
                .withMessageContaining("'" + store + "' is no folder that this user can write to");
    }

    @Test
    void foldersOutsideTheWorkFolderAreClosedToo() throws IOException {
        Path wal = folder.resolve("wal");
        storage.setWalPath(wal.toString()).setWalArchivePath("../archive");

        prepare();

        assertPermissions(wal, "rwx------");
        assertPermissions(store.resolveSibling("archive"), "rwx------");

        open(wal.resolve("node/1.wal"));
        Files.setPosixFilePermissions(wal, PosixFilePermissions.fromString("rwxr-x---"));
        assertThatIllegalStateException()
                .isThrownBy(this::prepare)
                .withMessageContaining("walPath '" + wal + "' is open to other users");
    }

    @Test
    void folderOfANodeThatKeepsNoRecordsIsLeftAsItIs() throws IOException {
        storage.getDefaultDataRegionConfiguration().setPersistenceEnabled(false);
        openFolder(store);

        prepare();

        assertPermissions(store, "rwxr-xr-x");
    }

    private RecordFolders prepare() {
        return RecordFolders.prepare(node);
    }

    /** Makes a file and its missing folders that all users can read, whatever the umask of the tests is. */
    private static Path open(Path file) throws IOException {
        openFolder(requireNonNull(file.getParent()));
        Files.writeString(file, "");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void openFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            openFolder(requireNonNull(path.getParent()));
            Files.createDirectory(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void assertPermissions(Path path, String permissions) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .as(path.toString())
                .isEqualTo(permissions);
    }
}
