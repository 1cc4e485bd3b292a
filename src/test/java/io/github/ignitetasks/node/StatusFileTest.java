package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.support.OtherUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the status file of a node: how the node writes it, and when it counts as healthy. */
final class StatusFileTest {
    @TempDir
    private Path folder;

    private Path path;
    private StatusFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("status");
        file = new StatusFile(path);
    }

    @Test
    void fileThatWasJustWrittenIsBelieved() throws IOException {
        file.refresh();
        file.refresh();

        assertThat(file.problem()).isEmpty();
        assertThat(folder).isDirectoryContaining(path::equals);
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void fileByItsNameAloneIsInTheCurrentFolder() throws IOException {
        StatusFile here = new StatusFile(Path.of("status-" + folder.getFileName()));
        try {
            here.checkWritable();
            here.refresh();

            assertThat(here.problem()).isEmpty();
        } finally {
            here.delete();
        }
    }

    static Stream<String> texts() {
        return Stream.of(
                "", // a full disk still stores a new file time
                "joined\n",
                "joined yesterday\n",
                "joined " + Instant.now().minus(Duration.ofMinutes(1)) + "\n",
                "joined " + Instant.now().plus(Duration.ofMinutes(1)) + "\n",
                "joined " + Instant.MAX + "\n",
                "joined " + Instant.MIN + "\n",
                "joined +9999999999-01-01T00:00:00Z\n",
                "joined " + Instant.now(),
                "joined " + Instant.now() + "\n\n",
                "x".repeat(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void fileThatWasNotWrittenOfLateIsNotBelievedWhateverItsTime(String text) throws IOException {
        for (Duration ahead : new Duration[] {Duration.ZERO, Duration.ofDays(365), Duration.ofDays(-365)}) {
            Files.writeString(path, text);
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().plus(ahead)));

            assertThat(file.problem())
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .startsWith("the status file '" + path + "' ")
                            .hasSizeLessThan(500));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "missing/status", "file/status", "folder", "", "/"})
    void whatIsNoFileIsNotBelievedAndCanOnlyBeMadeWhereThereIsAFolder(String name) throws IOException {
        Files.writeString(folder.resolve("file"), "");
        Files.createDirectory(folder.resolve("folder"));
        StatusFile odd = new StatusFile(name.isEmpty() ? Path.of("") : folder.resolve(name));

        assertThat(odd.problem()).isPresent();
        if (!name.equals("missing")) {
            assertThatIllegalStateException()
                    .isThrownBy(odd::checkWritable)
                    .withMessageContaining("cannot write the status file '" + odd.path() + "'")
                    .withMessageContaining("give one in a folder");
            assertThatIOException().isThrownBy(odd::refresh);
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("file", "folder");
    }

    @Test
    void linkIsNotFollowedByWhoWrites() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Files.createSymbolicLink(path, precious);

        file.refresh();

        assertThat(precious).hasContent("precious");
        assertThat(path).isRegularFile();
        assertThat(Files.isSymbolicLink(path)).isFalse();
        assertThat(file.problem()).isEmpty();
    }

    @Test
    void linkIsNotFollowedByWhoReads() throws IOException {
        new StatusFile(folder.resolve("other")).refresh();
        Files.createSymbolicLink(path, folder.resolve("other"));

        assertThat(file.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("is no file"));
    }

    @Test
    void fileOfAnotherUserIsNotBelievedWhereOthersMayWrite() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        file.refresh();
        assertThat(file.problem()).as("its own file").isEmpty();

        if (OtherUser.isPossible()) {
            OtherUser.own(path);
            assertThat(file.problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains("is another user's"));

            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertThat(file.problem()).as("where others may not write").isEmpty();
        }
    }
}
