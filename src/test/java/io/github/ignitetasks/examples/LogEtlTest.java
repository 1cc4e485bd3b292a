package io.github.ignitetasks.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.examples.LogEtl.Outcome;
import io.github.ignitetasks.examples.LogSummary.Counts;
import io.github.ignitetasks.flow.FlowReport;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the example {@code log-etl} on threads of this JVM. */
final class LogEtlTest {
    private static final int FILES = 20;

    @TempDir
    private Path folder;

    @Test
    void requestsOfAllFilesAreAddedUpAndUnreadableFilesAreListed() throws IOException {
        for (int i = 0; i < FILES; i++) {
            Files.writeString(folder.resolve("access-" + i + ".log"), """
                    10.0.0.1 - - [28/Nov/2026:03:00:00 +0000] "GET /home HTTP/1.1" 200 1000 "-" "agent"
                    10.0.0.2 - - [28/Nov/2026:03:00:01 +0000] "GET /home HTTP/1.1" 503 - "-" "agent"
                    10.0.0.2 - - [28/Nov/2026:03:00:02 +0000] "POST /cart HTTP/1.1" 200 20
                    not a request
                    """);
        }
        String missing = folder.resolve("missing.log").toString();

        FlowReport<Outcome> report =
                LogEtl.LOG_ETL.withTaskRunner(ThreadPoolTaskRunner.create()).runReport(files(missing));

        assertThat(report.result().total().pages())
                .isEqualTo(Map.of(
                        "/home",
                        new Counts(2 * FILES, FILES, 1_000L * FILES),
                        "/cart",
                        new Counts(FILES, 0, 20L * FILES)));
        assertThat(report.result().total().otherLines()).isEqualTo(FILES);
        assertThat(report.result().failed()).containsOnlyKeys(missing);
        assertThat(report.taskStates()).containsKeys("parse missing.log-0", "merge-0", "merge-3");
        assertThat(report.taskStates())
                .hasEntrySatisfying(
                        "parse missing.log-0",
                        state -> assertThat(state.attempt()).isEqualTo(4));
    }

    @Test
    void tableHasTheMostRequestedPathFirst() throws IOException {
        Path file = Files.writeString(folder.resolve("access.log"), """
                10.0.0.1 - - [28/Nov/2026:03:00:00 +0000] "GET /a HTTP/1.1" 200 1
                10.0.0.1 - - [28/Nov/2026:03:00:00 +0000] "GET /b HTTP/1.1" 200 1
                10.0.0.1 - - [28/Nov/2026:03:00:00 +0000] "GET /b HTTP/1.1" 500 2
                """);

        assertThat(LogSummary.ofFile(file).table().lines().map(String::strip))
                .containsExactly(
                        "hits   errors        bytes  path",
                        "2        1            3  /b",
                        "1        0            1  /a",
                        "2 paths, 0 other lines");
        assertThat(LogEtl.run(List.of(folder.toString()), ThreadPoolTaskRunner.create()))
                .isZero();
    }

    @Test
    void pathThatIsNoDirectoryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogEtl.run(List.of("nowhere"), ThreadPoolTaskRunner.create()))
                .withMessageContaining("'nowhere' is no directory");
        assertThatIllegalArgumentException().isThrownBy(() -> LogEtl.run(List.of(), ThreadPoolTaskRunner.create()));
    }

    private List<String> files(String another) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return Stream.concat(files.map(Path::toString), Stream.of(another)).toList();
        }
    }
}
