package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.RecordCache;
import io.github.ignitetasks.cluster.TestGrid;
import java.nio.file.Path;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client outlives the servers whose addresses it was given. */
final class ReplacedServersIT {
    @TempDir
    private Path folder;

    @Test
    void sessionGoesOnWhenNoServerIsLeftAtTheAddressesThatItWasGiven() {
        try (TestGrid grid = TestGrid.start(folder, 1);
                TaskSession session = IgniteTaskRunner.builder()
                        .address(grid.address())
                        .build()
                        .start()) {
            assertThat(session.submit("before", () -> 1).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
            Ignite second = grid.addNode();
            awaitShareOfRecords(second);

            Ignition.stop(grid.node(0).name(), true);

            assertThat(session.submit("after", () -> 2).result(Deadlines.PATIENCE))
                    .isEqualTo(2);
            assertThat(session.submit("before", () -> 3).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
        }
    }

    /** A server is the first for some of the records once all backups are where they belong. */
    private static void awaitShareOfRecords(Ignite server) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> server.affinity(RecordCache.NAME)
                                .primaryPartitions(server.cluster().localNode())
                                .length
                        > 0);
    }
}
