package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.support.RunLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of sessions that submit the same keys at the same time, while nodes join and leave. */
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
                        .slotsPerNode(8)
                        .build()
                        .start();
                TaskSession one = session(cluster);
                TaskSession two = session(cluster)) {
            CompletableFuture<List<Integer>> ofOne = CompletableFuture.supplyAsync(() -> results(one, log));
            CompletableFuture<List<Integer>> ofTwo = CompletableFuture.supplyAsync(() -> results(two, log));
            for (int nodes : List.of(2, 4, 1, 3)) {
                cluster.scale(nodes);
            }

            assertThat(ofOne.join()).isEqualTo(numbers());
            assertThat(ofTwo.join()).isEqualTo(numbers());
        }
        Map<String, Long> runs = log.runs();
        assertThat(runs).hasSize(KEYS);
        assertThat(runs.entrySet().stream().filter(run -> run.getValue() > 1)).isEmpty();
    }

    private static List<Integer> results(TaskSession session, RunLog log) {
        List<TaskFuture<Integer>> futures = IntStream.range(0, KEYS)
                .mapToObj(number -> session.submit("key-" + number, () -> {
                    log.add("key-" + number);
                    Thread.sleep(number % 10 == 0 ? 30 : 2);
                    return number;
                }))
                .toList();
        return futures.stream().map(future -> future.result(Deadlines.PATIENCE)).toList();
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, KEYS).boxed().toList();
    }

    private static TaskSession session(Cluster cluster) {
        return IgniteTaskRunner.builder().cluster(cluster).build().start();
    }
}
