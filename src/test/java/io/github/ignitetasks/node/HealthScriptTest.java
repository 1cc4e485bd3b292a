package io.github.ignitetasks.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.support.OtherUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the script by which a container checks its health, on status files of healthy and of unhealthy nodes. */
final class HealthScriptTest {
    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("status of a node");
    }

    @Test
    void nodeThatHasJustWrittenIsHealthy() throws Exception {
        new StatusFile(path).refresh();

        assertThat(Answer.of(path)).isEqualTo(new Answer(0, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.1S", "PT10S"})
    void nodeIsHealthyAsLongAsItsFileIsFresh(Duration age) throws Exception {
        Files.writeString(path, "joined " + Instant.now().minus(age) + "\n");

        assertThat(Answer.of(path)).isEqualTo(new Answer(0, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT16S", "PT24H", "PT-5S"})
    void nodeThatHasNotWrittenOfLateIsUnhealthy(Duration age) throws Exception {
        Instant written = Instant.now().minus(age);
        Files.writeString(path, "joined " + written + "\n");

        assertUnhealthy("is of " + written + ", and not of the last 15 seconds");
    }

    static Stream<String> texts() {
        Instant now = Instant.now();
        return Stream.concat(
                StatusFileTest.texts(),
                Stream.of(
                        "left " + now + "\n",
                        "joined now\n",
                        "joined " + now + " + 0 seconds\n",
                        "joined " + now + "\njoined " + now + "\n",
                        "joined $(echo " + now + ")\n",
                        "joined 2026-13-41T00:00:00Z\n",
                        "joined -Z\n"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void nodeIsUnhealthyWhoseFileDoesNotSayThatItHasJoinedOfLate(String text) throws Exception {
        Files.writeString(path, text);

        assertUnhealthy("");
    }

    @Test
    void nodeWithoutAFileIsUnhealthy() throws Exception {
        assertUnhealthy("is not there");
    }

    @Test
    void folderIsNoFile() throws Exception {
        Files.createDirectory(path);

        assertUnhealthy("is no file");
    }

    @Test
    void linkIsNotFollowed() throws Exception {
        new StatusFile(folder.resolve("other")).refresh();
        Files.createSymbolicLink(path, folder.resolve("other"));

        assertUnhealthy("is no file");
    }

    @Test
    void fileOfAnotherUserIsNotBelieved() throws Exception {
        new StatusFile(path).refresh();

        if (OtherUser.isPossible()) {
            OtherUser.own(path);
            assertUnhealthy("is another user's");
        }
    }

    @Test
    void scriptWithoutAFileIsAUsageError() throws Exception {
        Answer answer = Answer.of();

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.errors()).contains("give the status file");
    }

    private void assertUnhealthy(String reason) throws IOException, InterruptedException {
        Answer answer = Answer.of(path);

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.errors())
                .startsWith("the status file '" + path + "' ")
                .contains(reason)
                .hasLineCount(1)
                .hasSizeLessThan(500);
    }

    /** The answer of the script. */
    record Answer(int exitCode, String errors) {
        static Answer of(Path... arguments) throws IOException, InterruptedException {
            List<String> command = Stream.concat(
                            Stream.of("sh", "config/health.sh"),
                            Stream.of(arguments).map(Path::toString))
                    .toList();
            Process script = new ProcessBuilder(command).start();
            String errors = new String(script.getErrorStream().readAllBytes(), UTF_8);
            return new Answer(script.waitFor(), errors);
        }
    }
}
