package io.github.ignitetasks.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the work folders of nodes and their deletion. */
final class WorkFolderTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"missing", "file"})
    void folderOfTemporaryFilesThatCannotBeUsedIsNamed(String name) throws IOException {
        Files.writeString(folder.resolve("file"), "");
        String before =
                System.setProperty("java.io.tmpdir", folder.resolve(name).toString());
        try {
            assertThatIllegalStateException()
                    .isThrownBy(WorkFolder::make)
                    .withMessageContaining("java.io.tmpdir '" + folder.resolve(name) + "'")
                    .withMessageContaining("-Djava.io.tmpdir=FOLDER");
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }

    @Test
    void folderIsOfItsOwnerAlone() throws IOException {
        try (WorkFolder made = WorkFolder.make()) {
            assertThat(Files.getPosixFilePermissions(made.path()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void folderOfAJvmThatIsKilledIsDeletedByTheNextAndThatOfALiveOneIsNot() {
        try (ChildJvm live = jvm()) {
            Path used = Path.of(live.awaitLine("made "));
            Path left;
            try (ChildJvm killed = jvm()) {
                left = Path.of(killed.awaitLine("made "));
                assertThat(used).isDirectory();
            }
            assertThat(left).isDirectory();

            try (ChildJvm next = jvm()) {
                Path made = Path.of(next.awaitLine("made "));
                assertThat(folder).isDirectoryContaining(each -> each.equals(made));
                assertThat(left).doesNotExist();
                assertThat(used).isDirectory();
            }
        }
    }

    @Test
    void foldersOfOldNamesAndWithoutALockAreDeletedOnceTheyAreOld() throws IOException {
        Path old = aged("ignite-tasks-1234567890123456789");
        Path lockless = aged("ignite-tasks-999999999-1700000000000-123");
        Path young = Files.createDirectory(folder.resolve("ignite-tasks-999999998-1700000000000-123"));

        sweep();

        assertThat(old).doesNotExist();
        assertThat(lockless).doesNotExist();
        assertThat(young).isDirectory();
    }

    @Test
    void whatIsNotOursIsLeftAlone() throws IOException {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(mine.resolve("precious"), "");
        Path link = Files.createSymbolicLink(folder.resolve("ignite-tasks-999999999-1700000000000-1"), mine);
        Path other = aged("ignite-tasks-of-mine");
        Path file = Files.writeString(folder.resolve("ignite-tasks-999999999-1700000000000-2"), "");

        sweep();

        assertThat(link).exists();
        assertThat(mine.resolve("precious")).exists();
        assertThat(other).exists();
        assertThat(file).exists();
    }

    @Test
    void folderOfThisJvmStaysAndIsDeletedByItsClose() throws IOException {
        try (WorkFolder work = WorkFolder.makeIn(folder)) {
            Files.createDirectories(work.path().resolve("a/b"));
            Files.writeString(work.path().resolve("a/b/c"), "");

            sweep();

            assertThat(work.path().resolve("a/b/c")).exists();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void folderIsDeletedThoughItsNodeStillWrites() throws InterruptedException, IOException {
        WorkFolder work = WorkFolder.makeIn(folder);
        CountDownLatch begun = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 200; i++) {
                if (!work.path().resolve(Integer.toString(i)).toFile().mkdir()) {
                    break; // the folder is gone
                }
                begun.countDown();
            }
        });
        writer.start();
        begun.await();

        work.close();

        writer.join();
        assertThat(folder).isEmptyDirectory();
    }

    private void sweep() {
        StaleFolders.sweep(folder, folder);
    }

    private Path aged(String name) throws IOException {
        Path made = Files.createDirectory(folder.resolve(name));
        Files.writeString(made.resolve("data"), "");
        return Files.setLastModifiedTime(made, LONG_AGO);
    }

    private ChildJvm jvm() {
        return ChildJvm.start(List.of("-Djava.io.tmpdir=" + folder), FolderMain.class);
    }

    /** A main class that makes a work folder, prints its path, and runs until its standard input ends. */
    static final class FolderMain {
        private FolderMain() {}

        public static void main(String[] args) throws IOException {
            WorkFolder work = WorkFolder.make();
            Files.writeString(work.path().resolve("data"), "");
            System.out.println("made " + work.path());
            while (System.in.read() >= 0) {
                // the loop ends with the input
            }
        }
    }
}
