package io.github.ignitetasks.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.examples.WordCounts.Place;
import io.github.ignitetasks.flow.FlowReport;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the example {@code word-index} on Ignite nodes. */
final class WordIndexIT {
    private static final Map<String, String> TEXTS = Map.of(
            "a.md", "Record, record! A record of the grid's session.", "b.md", "sessions: session record", "c.md", "");

    @TempDir
    private Path folder;

    @Test
    void wordsOfAllPartitionsAreCountedBesideThemAndTheCacheIsGoneAfterwards() {
        try (TestGrid grid = TestGrid.start(folder, 2)) {
            FlowReport<WordCounts> report = WordIndex.WORD_INDEX
                    .withTaskRunner(
                            IgniteTaskRunner.builder().ignite(grid.node(0)).build())
                    .runReport(TEXTS);

            assertThat(report.result().byPlace())
                    .isEqualTo(Map.of(
                            new Place("record", "a.md"), 3,
                            new Place("record", "b.md"), 1,
                            new Place("session", "a.md"), 1,
                            new Place("session", "b.md"), 1,
                            new Place("sessions", "b.md"), 1));
            assertThat(report.taskStates().entrySet().stream()
                            .filter(task -> task.getKey().startsWith("count-"))
                            .map(task -> task.getValue().node())
                            .collect(Collectors.toSet()))
                    .hasSize(2);
            assertThat(grid.node(0).cacheNames()).noneMatch(name -> name.startsWith("documents-"));
        }
    }

    @Test
    void tableHasTheMostFrequentWordFirstWithItsDocuments() {
        WordCounts counts = new WordCounts(Map.of(
                new Place("record", "a.md"), 1, new Place("record", "b.md"), 3, new Place("session", "a.md"), 2));

        assertThat(counts.table().lines())
                .containsExactly("    4  record        b.md 3, a.md 1", "    2  session       a.md 2");
    }

    @Test
    void exampleReadsTheDocumentsOfADirectory() throws IOException {
        Files.writeString(folder.resolve("a.md"), "a document");

        assertThat(Examples.run(List.of("word-index", folder.toString()))).isZero();
    }

    @Test
    void pathThatIsNoDirectoryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WordIndex.run(List.of("nowhere"), ThreadPoolTaskRunner.create()))
                .withMessageContaining("'nowhere' is no directory");
    }
}
