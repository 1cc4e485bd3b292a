package io.github.ignitetasks.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.client.ServerAnswers;
import io.github.ignitetasks.internal.connect.ClientNode;
import io.github.ignitetasks.internal.worker.KeyList;
import io.github.ignitetasks.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what the commands show of a server that does not answer. */
final class FrozenServerIT {

    /** Long enough for a server of a slow machine, and far shorter than the time in which a grid drops a silent one. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @Test
    void serverThatIsFrozenIsShownAsSuchByEachCommand() throws IOException {
        String patient = patientNode().toString();
        try (NodeProcess first = NodeProcess.ofClasses(patient)) {
            first.awaitJoined();
            try (NodeProcess second = first.addOfClasses(patient)) {
                second.awaitJoined();
                ClientNode client = ClientNode.join(List.of(first.address()), node -> {});
                try {
                    GridQueries grid = new GridQueries(client.ignite(), TIMEOUT);
                    // a grid with a frozen server agrees on no class that is new to it
                    assertThat(grid.status().exitCode()).isZero();
                    assertThat(keys(grid).silent()).isEmpty();
                    assertThat(key(grid).exitCode()).isEqualTo(ExitCodes.UNKNOWN);

                    second.jvm().signal("STOP");
                    GridStatus status = grid.status();
                    ServerAnswers<KeyList> keys = keys(grid);
                    KeyAnswer key = key(grid);
                    second.jvm().signal("CONT");

                    assertThat(status.servers())
                            .extracting(GridStatus.Server::state)
                            .containsExactlyInAnyOrder(GridStatus.OK, GridStatus.NO_ANSWER);
                    assertThat(status.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
                    assertThat(keys.silent()).hasSize(1);
                    assertThat(keys.answered()).hasSize(1);
                    assertThat(key.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
                    assertThat(KeyText.of(key)).contains("state: Unknown", "no answer: from server ");
                } finally {
                    client.close();
                }
            }
        }
    }

    private static ServerAnswers<KeyList> keys(GridQueries grid) {
        return grid.keys("", Optional.empty(), 10);
    }

    private static KeyAnswer key(GridQueries grid) {
        return KeyAnswer.of("key", grid.key("key"), grid::nodeName);
    }

    /** Returns the file of a node that takes no other for dead soon. */
    private Path patientNode() throws IOException {
        String setting = "<property name=\"failureDetectionTimeout\" value=\"600000\"/>";
        String standard = Files.readString(Path.of("config", "grid-node.xml"));
        String start = "class=\"org.apache.ignite.configuration.IgniteConfiguration\">";
        assertThat(standard).contains(start).doesNotContain("\"failureDetectionTimeout\"");
        return Files.writeString(folder.resolve("patient.xml"), standard.replace(start, start + setting));
    }
}
