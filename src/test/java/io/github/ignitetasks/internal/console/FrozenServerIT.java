package io.github.ignitetasks.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.connect.ClientNode;
import io.github.ignitetasks.node.NodeProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests what the commands show of a server that does not answer. */
final class FrozenServerIT {

    @Test
    void serverThatIsFrozenIsShownAsSuchByEachCommand() {
        try (NodeProcess first = NodeProcess.ofClasses()) {
            first.awaitJoined();
            try (NodeProcess second = first.addOfClasses()) {
                second.awaitJoined();
                ClientNode client = ClientNode.join(List.of(first.address()), node -> {});
                try {
                    AskedGrid grid = new AskedGrid(client.ignite(), Duration.ofSeconds(2));
                    assertThat(grid.status().exitCode()).isZero();

                    second.jvm().signal("STOP");
                    GridStatus status = grid.status();
                    int silentOfKeys =
                            grid.keys("", Optional.empty(), 10).silent().size();
                    KeyAnswer key = KeyAnswer.of("key", grid.key("key"), grid::nodeName);
                    second.jvm().signal("CONT");

                    assertThat(status.servers())
                            .extracting(GridStatus.Server::state)
                            .containsExactlyInAnyOrder(GridStatus.OK, GridStatus.NO_ANSWER);
                    assertThat(status.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
                    assertThat(silentOfKeys).isEqualTo(1);
                    assertThat(key.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
                    assertThat(KeyText.of(key)).contains("state: Unknown", "no answer: from server ");
                } finally {
                    client.close();
                }
            }
        }
    }
}
