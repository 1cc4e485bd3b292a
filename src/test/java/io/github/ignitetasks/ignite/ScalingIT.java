package io.github.ignitetasks.ignite;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.AdaptiveScaling;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of clusters that grow and shrink while calls wait and run. */
final class ScalingIT {
    @TempDir
    private Path folder;

    @Test
    void nodesThatJoinWhileABacklogWaitsGetTheirShareOfIt() {
        try (Cluster cluster = cluster(1, 1);
                TaskSession session = session(cluster)) {
            List<TaskFuture<Integer>> futures = submitAll(session, "share-", 200, Duration.ofMillis(50));

            cluster.scale(3);

            Map<String, Long> byNode = futures.stream()
                    .collect(groupingBy(
                            future -> future.await(Deadlines.PATIENCE)
                                    .orElseThrow()
                                    .node(),
                            counting()));
            assertThat(byNode).hasSize(3);
            assertThat(byNode.values()).allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(40));
        }
    }

    @Test
    void clusterThatAdaptsGrowsWithItsBacklogAndShrinksAfterItWithoutLosingAResult() {
        AdaptiveScaling scaling = AdaptiveScaling.between(1, 4)
                .withInterval(Duration.ofMillis(100))
                .withTargetDuration(Duration.ofMillis(500));
        try (Cluster cluster = cluster(1, 2);
                TaskSession session = IgniteTaskRunner.builder()
                        .cluster(cluster)
                        .adaptive(scaling)
                        .build()
                        .start()) {
            for (int round = 0; round < 2; round++) {
                Tally runs = Tally.in(folder);
                String prefix = "round-" + round + "-";
                List<TaskFuture<Integer>> futures = IntStream.range(0, 2_000)
                        .mapToObj(number -> session.submit(prefix + number, () -> {
                            runs.add();
                            Thread.sleep(5);
                            return number;
                        }))
                        .toList();
                await().atMost(Deadlines.PATIENCE).until(() -> cluster.nodes() == 4);
                assertThat(results(futures)).isEqualTo(numbers(2_000));
                await().atMost(Deadlines.PATIENCE).until(() -> servers(cluster) == 1);

                try (TaskSession later = session(cluster)) {
                    List<TaskFuture<Integer>> again = IntStream.range(0, 2_000)
                            .mapToObj(number -> later.submit(prefix + number, () -> -1))
                            .toList();
                    assertThat(results(again)).isEqualTo(numbers(2_000));
                }
                assertThat(runs.count()).isEqualTo(2_000 * (round + 1));
            }
        }
    }

    @Test
    void callsThatWaitBehindASlowOneRunOnANodeThatIsIdle() {
        Gate gate = Gate.in(folder);
        try (Cluster cluster = cluster(2, 1);
                TaskSession session = session(cluster)) {
            TaskFuture<String> slow = session.submit("slow", () -> {
                gate.pass();
                return "slow";
            });
            List<TaskFuture<Integer>> quick = submitAll(session, "quick-", 30, Duration.ZERO);

            assertThat(results(quick)).isEqualTo(numbers(30));
            assertThat(slow.state()).isEmpty();
            gate.open();
            assertThat(slow.result(Deadlines.PATIENCE)).isEqualTo("slow");
        }
    }

    @Test
    void nodeThatIsRetiredEndsTheCallsThatItRunsAndGivesTheOthersAway() {
        Gate gate = Gate.in(folder);
        Tally runs = Tally.in(folder);
        try (Cluster cluster = cluster(2, 2);
                TaskSession session = session(cluster)) {
            List<TaskFuture<String>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(session.submit("running-" + i, () -> {
                    runs.add();
                    gate.pass();
                    return "ended";
                }));
            }
            runs.await(4);
            List<TaskFuture<Integer>> queued = submitAll(session, "queued-", 20, Duration.ZERO);

            CompletableFuture<Void> shrinking = CompletableFuture.runAsync(() -> cluster.scale(1));
            await().atMost(Deadlines.PATIENCE).until(() -> cluster.nodes() == 1);
            assertThat(shrinking).isNotDone();
            gate.open();

            assertThat(running)
                    .allSatisfy(future ->
                            assertThat(future.result(Deadlines.PATIENCE)).isEqualTo("ended"));
            assertThat(results(queued)).isEqualTo(numbers(20));
            assertThat(shrinking).succeedsWithin(Deadlines.PATIENCE);
            assertThat(runs.count()).isEqualTo(4);
        }
    }

    private static Cluster cluster(int nodes, int slots) {
        return LocalCluster.builder()
                .nodes(nodes)
                .processes(false)
                .slotsPerNode(slots)
                .build()
                .start();
    }

    private static int servers(Cluster cluster) {
        return cluster.ignite().orElseThrow().cluster().forServers().nodes().size();
    }

    private static TaskSession session(Cluster cluster) {
        return IgniteTaskRunner.builder().cluster(cluster).build().start();
    }

    private static List<TaskFuture<Integer>> submitAll(TaskSession session, String prefix, int count, Duration time) {
        return IntStream.range(0, count)
                .mapToObj(number -> session.submit(prefix + number, () -> {
                    Thread.sleep(time.toMillis());
                    return number;
                }))
                .toList();
    }

    private static List<Integer> results(List<TaskFuture<Integer>> futures) {
        return futures.stream().map(future -> future.result(Deadlines.PATIENCE)).toList();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
