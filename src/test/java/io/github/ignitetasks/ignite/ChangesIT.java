package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.cluster.TestGrid;
import java.nio.file.Path;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node knows of changes of its grid. */
final class ChangesIT {
    @TempDir
    private Path folder;

    @Test
    void serverThatJoinsOrLeavesIsAChangeAndNothingElseIs() {
        try (TestGrid grid = TestGrid.start(folder, 1)) {
            Changes changes = new Changes(grid.node(0));
            Records records = Records.of(grid.node(0));
            Changes.Moment alone = settled(changes);
            records.claim(
                            "key",
                            ClaimRecord.of(grid.node(0).cluster().localNode().id(), List.of()))
                    .get();
            assertThat(changes.since(alone)).isFalse();

            Ignite joined = grid.addNode();
            assertThat(changes.since(alone)).isTrue();

            Changes.Moment together = settled(changes);
            Ignition.stop(joined.name(), true);
            await().atMost(Deadlines.PATIENCE).until(() -> changes.since(together));
        }
    }

    /** Waits until a grid does not change. */
    private static Changes.Moment settled(Changes changes) {
        await().atMost(Deadlines.PATIENCE).until(() -> !changes.since(changes.now()));
        return changes.now();
    }
}
