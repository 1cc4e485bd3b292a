package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.support.RunLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that submit the same keys at the same time, each in its own order, while nodes join and leave. */
final class OneRunPerKeyIT {
    private static final int KEYS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void noKeyRunsTwiceWhileNodesJoinAndLeave() {
        RunLog log = RunLog.in(folder);
        try (Cluster cluster = LocalCluster.builder()
                        .nodes(1)
                        .processes(false)
                        .slotsPerNode(2)
                        .build()
                        .start();
                TaskSession one = session(cluster);
                TaskSession two = session(cluster)) {
            CompletableFuture<List<Integer>> up =
                    CompletableFuture.supplyAsync(() -> resultsOf(one, log, IntStream.range(0, KEYS)));
            CompletableFuture<List<Integer>> down = CompletableFuture.supplyAsync(
                    () -> resultsOf(two, log, IntStream.range(0, KEYS).map(number -> KEYS - 1 - number)));
            for (int nodes : List.of(2, 4, 1, 3)) {
                cluster.scale(nodes);
            }

            assertThat(up.join()).containsExactlyElementsOf(numbers());
            assertThat(down.join()).containsExactlyInAnyOrderElementsOf(numbers());
        }
        Map<String, Long> runs = log.runs();
        assertThat(runs).hasSize(KEYS);
        assertThat(runs).allSatisfy((key, times) -> assertThat(times).as(key).isEqualTo(1));
    }

    private static List<Integer> resultsOf(TaskSession session, RunLog log, IntStream numbers) {
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        numbers.forEach(number -> futures.add(session.submit("key-" + number, () -> {
            log.add("key-" + number);
            Thread.sleep(2);
            return number;
        })));
        return futures.stream().map(future -> future.result(Deadlines.PATIENCE)).toList();
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, KEYS).boxed().toList();
    }

    private static TaskSession session(Cluster cluster) {
        return IgniteTaskRunner.builder().cluster(cluster).build().start();
    }
}
