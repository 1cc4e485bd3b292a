package io.github.ignitetasks.ignite;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.support.RunLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.affinity.Affinity;
import org.apache.ignite.cluster.ClusterNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of tasks whose node is killed, or is ended by one of its tasks. */
final class DyingWorkerIT {
    private static final Pattern NODE = Pattern.compile("[^ ]+ \\([0-9a-f-]{36}\\)");

    private static final int ROUNDS = 3;
    private static final int KEYS = 1_500;
    private static final int INNOCENTS = 8;
    private static final int RECORDS = 600;
    private static final int RECORD_BYTES = 60_000;

    @TempDir
    private Path folder;

    @Test
    void resultsStayTheSameAndRecordedKeysDoNotRunAgainWhenNodesAreKilled() {
        RunLog log = RunLog.in(folder);
        try (Cluster cluster =
                        LocalCluster.builder().nodes(3).slotsPerNode(2).build().start();
                TaskSession one = session(cluster);
                TaskSession other = session(cluster)) {
            for (int round = 0; round < ROUNDS; round++) {
                awaitBackups(3);
                List<TaskFuture<UUID>> ofOne = submit(one, log, round);
                List<TaskFuture<UUID>> ofOther = submit(other, log, round);
                Awaitility.await()
                        .atMost(Deadlines.PATIENCE)
                        .until(() -> ended(ofOne).size() > KEYS / 4);
                List<String> recorded = ended(ofOne);
                Map<String, Long> before = log.runs();

                killOne();

                List<UUID> results = TaskFuture.all(ofOne).result(Deadlines.PATIENCE);
                assertThat(TaskFuture.all(ofOther).result(Deadlines.PATIENCE)).isEqualTo(results);
                Map<String, Long> after = log.runs();
                assertThat(recorded)
                        .allSatisfy(key -> assertThat(after.get(key)).isEqualTo(before.get(key)));
                try (TaskSession later = session(cluster)) {
                    assertThat(TaskFuture.all(submit(later, log, round)).result(Deadlines.PATIENCE))
                            .isEqualTo(results);
                }
                assertThat(log.runs()).isEqualTo(after);
            }
        }
    }

    @Test
    void taskThatEndsItsNodesIsCrashedNamingThemAndTakesNothingWithIt() {
        RunLog log = RunLog.in(folder);
        try (Cluster cluster =
                        LocalCluster.builder().nodes(4).slotsPerNode(3).build().start();
                TaskSession session = session(cluster)) {
            List<TaskFuture<byte[]>> recorded = IntStream.range(0, RECORDS)
                    .mapToObj(number -> session.submit("recorded-" + number, () -> new byte[RECORD_BYTES]))
                    .toList();
            TaskFuture.all(recorded).result(Deadlines.PATIENCE);
            awaitBackups(4);
            List<TaskFuture<Integer>> innocents = IntStream.range(0, INNOCENTS)
                    .mapToObj(number -> session.submit("innocent-" + number, () -> {
                        log.add("innocent");
                        Thread.sleep(500);
                        return number;
                    }))
                    .toList();
            TaskFuture<Integer> culprit = session.submit("culprit", () -> {
                log.add("culprit");
                System.exit(1);
                return 0;
            });

            State<Integer> end = culprit.await(Deadlines.PATIENCE).orElseThrow();

            assertThat(end.type()).isEqualTo(StateType.CRASHED);
            assertThat(NODE.matcher(end.describe()).results())
                    .as(end.describe())
                    .hasSize(3);
            assertThat(TaskFuture.all(innocents).result(Deadlines.PATIENCE))
                    .isEqualTo(IntStream.range(0, INNOCENTS).boxed().toList());
            assertThat(log.runs()).containsEntry("culprit", 3L);
            try (TaskSession later = session(cluster)) {
                assertThat(recorded)
                        .allSatisfy(
                                future -> assertThat(later.status(future.key())).isEqualTo(KeyStatus.COMPLETED));
            }
        }
    }

    private static List<TaskFuture<UUID>> submit(TaskSession session, RunLog log, int round) {
        List<TaskFuture<UUID>> futures = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            String key = "key-" + round + "-" + i;
            futures.add(session.submit(key, () -> {
                log.add(key);
                return UUID.randomUUID();
            }));
        }
        return futures;
    }

    private static List<String> ended(List<TaskFuture<UUID>> futures) {
        return futures.stream()
                .filter(future -> future.state().isPresent())
                .map(TaskFuture::key)
                .toList();
    }

    /** Kills the oldest node. So every node that was there when the clients joined is replaced in the end. */
    private static void killOne() {
        ProcessHandle node = ProcessHandle.current()
                .children()
                .min(comparing(child -> child.info().startInstant().orElseThrow()))
                .orElseThrow();
        assertThat(node.destroyForcibly()).isTrue();
    }

    /** Waits until a number of servers each own some partitions as primaries. Then all backups exist. */
    private static void awaitBackups(int servers) {
        Ignite client = Ignition.allGrids().get(0);
        Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> {
            Affinity<Object> affinity = client.affinity(RecordCache.NAME);
            Collection<ClusterNode> nodes = client.cluster().forServers().nodes();
            return nodes.size() == servers
                    && nodes.stream().allMatch(node -> affinity.primaryPartitions(node).length > 0);
        });
    }

    private static TaskSession session(Cluster cluster) {
        return IgniteTaskRunner.builder().cluster(cluster).build().start();
    }
}
