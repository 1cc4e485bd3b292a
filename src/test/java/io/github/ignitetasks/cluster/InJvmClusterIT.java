package io.github.ignitetasks.cluster;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.node.NodeDrain;
import io.github.ignitetasks.internal.node.SafeNode;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.ignite.Ignition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests clusters whose nodes are in this JVM. */
final class InJvmClusterIT {
    private static final LocalCluster TWO_NODES =
            LocalCluster.builder().nodes(2).processes(false).slotsPerNode(3).build();

    @Test
    void twoClustersAtOnceDoNotMeet() {
        try (Cluster one = TWO_NODES.start();
                Cluster other = TWO_NODES.start()) {
            assertThat(servers(one)).isEqualTo(2);
            assertThat(servers(other)).isEqualTo(2);
            assertThat(one.address()).doesNotContain(other.address());
        }
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void nodesHaveTheSlotsOfTheSettings() {
        try (Cluster cluster = TWO_NODES.start()) {
            assertThat(cluster.ignite().orElseThrow().cluster().forServers().nodes())
                    .allSatisfy(node -> assertThat(node.<Integer>attribute(SafeNode.SLOTS_ATTRIBUTE))
                            .isEqualTo(3));
        }
    }

    @Test
    void nodesDoNotShowTheirEnvironmentToOthers() {
        try (Cluster cluster = TWO_NODES.start()) {
            assertThat(cluster.ignite().orElseThrow().cluster().nodes())
                    .allSatisfy(node -> assertThat(node.attributes().keySet())
                            .doesNotContainAnyElementsOf(System.getenv().keySet())
                            .doesNotContain("java.class.path"));
        }
    }

    @Test
    void clusterGrowsAndShrinks() {
        try (Cluster cluster = TWO_NODES.start()) {
            try (CapturedLog log = CapturedLog.of("io.github.ignitetasks.internal.process")) {
                cluster.scale(3);
                assertThat(log.messages())
                        .first()
                        .isEqualTo("starting 1 more node of the local cluster, in this JVM; it has 2");
                assertThat(log.messages()).anyMatch(line -> line.contains(" has joined, 1 of 1, after "));
            }
            assertThat(servers(cluster)).isEqualTo(3);

            cluster.scale(1);
            assertThat(servers(cluster)).isEqualTo(1);

            cluster.scale(2);
            assertThat(servers(cluster)).isEqualTo(2);
        }
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void scaleEndsIfTheLeavingNodeStopsWhileItDrains(@TempDir Path folder) throws InterruptedException {
        Tally runs = Tally.in(folder);
        Gate gate = Gate.in(folder);
        try (Cluster cluster = LocalCluster.builder()
                        .nodes(3)
                        .processes(false)
                        .slotsPerNode(2)
                        .build()
                        .start();
                TaskSession session =
                        IgniteTaskRunner.builder().cluster(cluster).build().start()) {
            List<TaskFuture<Integer>> running = IntStream.range(0, 6) // one for each slot
                    .mapToObj(number -> session.submit("running-" + number, () -> {
                        runs.add();
                        gate.pass();
                        return number;
                    }))
                    .toList();
            runs.await(running.size());
            String youngest = Ignition.allGrids().stream()
                    .filter(node -> !node.cluster().localNode().isClient())
                    .max(comparingLong(node -> node.cluster().localNode().order()))
                    .orElseThrow()
                    .name();
            Thread scale = new Thread(() -> cluster.scale(2));
            scale.setDaemon(true);
            try {
                scale.start();
                Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> isDraining(scale));

                Ignition.stop(youngest, true);

                scale.join(Deadlines.PATIENCE.toMillis());
                assertThat(scale.isAlive()).isFalse();
            } finally {
                gate.open();
            }
            assertThat(TaskFuture.all(running).result(Deadlines.PATIENCE)).containsExactly(0, 1, 2, 3, 4, 5);
        }
    }

    private static boolean isDraining(Thread thread) {
        return thread.getState() != Thread.State.RUNNABLE
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(NodeDrain.class.getName()));
    }

    @Test
    void jvmThatExitsAfterItsClusterHasShrunkEndsWithoutClosingIt() {
        try (ChildJvm jvm = ChildJvm.start(ShrinkMain.class)) {
            jvm.awaitLine("shrunk");

            assertThat(jvm.awaitExit()).isZero();
        }
    }

    /** A main class that shrinks a cluster, and exits. */
    static final class ShrinkMain {
        private ShrinkMain() {}

        public static void main(String[] args) {
            Cluster cluster = TWO_NODES.start();
            IgniteTaskRunner.builder().cluster(cluster).build().start().close(); // this creates the cache of records
            cluster.scale(1);
            System.out.println("shrunk");
            System.exit(0);
        }
    }

    private static int servers(Cluster cluster) {
        return cluster.ignite().orElseThrow().cluster().forServers().nodes().size();
    }
}
