package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.support.RunLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of a task that ends its process. Clusters of one, two and three nodes run such a task at the same time. */
@TestInstance(Lifecycle.PER_CLASS)
final class DeadlyTaskIT {
    private static final Pattern NODE = Pattern.compile("127.0.0.1:\\d+ \\([0-9a-f-]{36}\\)");
    private static final int LARGEST = 3;
    private static final int INNOCENTS = 4;

    /** The time limit for a wait during which three nodes are replaced one after another. */
    private static final Duration PATIENCE = Deadlines.PATIENCE.multipliedBy(2);

    private List<Trial> trials = List.of();

    @BeforeAll
    void start(@TempDir Path folder) {
        List<CompletableFuture<Trial>> starting = IntStream.rangeClosed(1, LARGEST)
                .mapToObj(nodes -> {
                    CompletableFuture<Trial> trial = new CompletableFuture<>();
                    Thread starter = new Thread(() -> trial.completeAsync(
                            () -> Trial.start(
                                    nodes,
                                    new RunLog(folder.resolve("runs-" + nodes).toFile())),
                            Runnable::run));
                    starter.start();
                    return trial;
                })
                .toList();
        trials = starting.stream().map(CompletableFuture::join).toList();
    }

    @AfterAll
    void close() {
        trials.forEach(Trial::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, LARGEST})
    void taskIsCrashedNamingTheNodesAndCostsNothingElse(int nodes) {
        Trial trial = trials.get(nodes - 1);

        State<Integer> end = trial.culprit().await(PATIENCE).orElseThrow();

        assertThat(end.type()).as(end.describe()).isEqualTo(StateType.CRASHED);
        assertThat(NODE.matcher(end.describe()).results()).as(end.describe()).hasSize(3);
        assertThat(trial.log().runs()).containsEntry("culprit", 3L);
        for (List<TaskFuture<Integer>> innocents : trial.innocents()) {
            assertThat(TaskFuture.all(innocents).result(PATIENCE))
                    .isEqualTo(IntStream.range(0, INNOCENTS).boxed().toList());
        }
        Awaitility.await().atMost(PATIENCE).until(() -> trial.cluster().nodes() == nodes);
        assertThat(trial.session().submit("after", () -> 2).result(PATIENCE)).isEqualTo(2);
    }

    @Test
    void recordsOfTwoNodesOutliveTheTask() {
        Trial trial = trials.get(1);
        assertThat(trial.culprit().await(PATIENCE)).isPresent();

        try (TaskSession later = open(trial.cluster())) {
            assertThat(later.status("before")).isEqualTo(KeyStatus.COMPLETED);
        }
    }

    private static TaskSession open(Cluster cluster) {
        return IgniteTaskRunner.builder()
                .cluster(cluster)
                .clientConfiguration(client -> client.setClientFailureDetectionTimeout(PATIENCE.toMillis()))
                .build()
                .start();
    }

    /** A cluster with a task that ends its nodes, and two sessions with other tasks. */
    private record Trial(
            Cluster cluster,
            TaskSession session,
            TaskSession other,
            RunLog log,
            TaskFuture<Integer> culprit,
            List<List<TaskFuture<Integer>>> innocents)
            implements AutoCloseable {

        static Trial start(int nodes, RunLog log) {
            Cluster cluster =
                    LocalCluster.builder().nodes(nodes).slotsPerNode(2).build().start();
            TaskSession session = open(cluster);
            TaskSession other = open(cluster);
            session.submit("before", () -> 1).result(PATIENCE);
            List<TaskFuture<Integer>> first = submit(session, "first");
            List<TaskFuture<Integer>> second = submit(other, "second");
            TaskFuture<Integer> culprit = session.submit("culprit", () -> {
                log.add("culprit");
                System.exit(1);
                return 0;
            });
            return new Trial(cluster, session, other, log, culprit, List.of(first, second));
        }

        static List<TaskFuture<Integer>> submit(TaskSession session, String name) {
            List<TaskFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < INNOCENTS; i++) {
                int number = i;
                futures.add(session.submit(name + "-" + number, () -> {
                    Thread.sleep(500);
                    return number;
                }));
            }
            return futures;
        }

        @Override
        public void close() {
            session.close(Deadlines.PATIENCE);
            other.close(Deadlines.PATIENCE);
            cluster.close();
        }
    }
}
