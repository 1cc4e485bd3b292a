package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.node.RecordCache;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that records give their memory back, so that a fixed region is enough for any number of tasks. */
final class RecordMemoryIT {
    private static final int ROUNDS = 4;
    private static final int TASKS = 50_000;

    /** The number of rounds whose records expire. Together, they need more memory than the region has. */
    private static final int ROUNDS_THAT_EXPIRE = 4;

    /** The size of the region in bytes: enough for the records of one round, but not of two. */
    private static final long REGION = 16L << 20;

    @TempDir
    private Path folder;

    @Test
    void roundsOfTasksThatAreReleasedFitInAFixedRegion() {
        try (TestGrid grid = grid();
                TaskSession session = session(grid.node(0), Duration.ofHours(1))) {
            Ignite node = grid.node(0);
            long usedAfterFirst = 0;
            for (int round = 0; round < ROUNDS; round++) {
                TaskFuture<List<Integer>> all = TaskFuture.all(submitRound(session, round));

                assertThat(all.result(Deadlines.PATIENCE)).hasSize(TASKS).contains(0, TASKS - 1);
                assertThat(records(node).size()).isEqualTo(TASKS);
                assertThat(all.release()).isTrue();
                assertThat(records(node).size()).isZero();
                usedAfterFirst = round == 0 ? usedPages(node) : usedAfterFirst;
            }
            assertThat(usedPages(node)).isLessThan(2 * usedAfterFirst);
        }
    }

    @Test
    void roundsOfTasksWhoseRecordsExpireFitInAFixedRegion() {
        try (TestGrid grid = grid();
                TaskSession session = session(grid.node(0), Duration.ofSeconds(1))) {
            for (int round = 0; round < ROUNDS_THAT_EXPIRE; round++) {
                assertThat(TaskFuture.all(submitRound(session, round)).result(Deadlines.PATIENCE))
                        .hasSize(TASKS);
                await().atMost(Deadlines.PATIENCE)
                        .until(() -> records(grid.node(0)).size() == 0);
            }
        }
    }

    private TestGrid grid() {
        return TestGrid.start(folder, 1, RecordMemoryIT::fixRegion);
    }

    private static void fixRegion(IgniteConfiguration configuration) {
        configuration.setDataStorageConfiguration(new DataStorageConfiguration()
                .setDefaultDataRegionConfiguration(new DataRegionConfiguration()
                        .setInitialSize(REGION)
                        .setMaxSize(REGION)
                        .setMetricsEnabled(true)));
    }

    private static TaskSession session(Ignite node, Duration timeToLive) {
        return IgniteTaskRunner.builder()
                .ignite(node)
                .resultTtl(timeToLive)
                .build()
                .start();
    }

    private static List<TaskFuture<Integer>> submitRound(TaskSession session, int round) {
        return IntStream.range(0, TASKS)
                .mapToObj(number -> session.submit("round-" + round + "-" + number, () -> number))
                .toList();
    }

    private static IgniteCache<String, byte[]> records(Ignite node) {
        return node.cache(RecordCache.NAME);
    }

    private static long usedPages(Ignite node) {
        return node.dataRegionMetrics("default").getTotalUsedPages();
    }
}
