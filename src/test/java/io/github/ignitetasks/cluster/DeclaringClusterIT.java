package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.cluster.ClusterNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests clusters on this machine whose nodes declare attributes and resources. */
final class DeclaringClusterIT {
    private static final String ZONE = "a, \"b\"=c é";
    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final CallOptions GPU =
            CallOptions.none().onNodes("zone", ZONE).requires("gpu", 1);

    private static LocalClusterBuilder cluster() {
        return LocalCluster.builder()
                .nodes(2)
                .slotsPerNode(2)
                .attribute("zone", ZONE)
                .resource("gpu", 1);
    }

    @Test
    void tasksThatRequireTheOneResourceOfTheirProcessNeverRunThereAtOnce(@TempDir Path folder) {
        Gate gate = Gate.in(folder);
        Tally runs = Tally.in(folder);
        TaskCall<Integer> exclusive = () -> {
            int running = RUNNING.incrementAndGet();
            runs.add();
            gate.pass();
            RUNNING.decrementAndGet();
            return running;
        };
        try (Cluster cluster = cluster().build().start();
                TaskSession session = session(cluster)) {
            List<TaskFuture<Integer>> requiring = IntStream.range(0, 6)
                    .mapToObj(i -> session.submit("gpu-" + i, exclusive, GPU))
                    .toList();
            runs.await(2);

            // each node has a slot for others, which the tasks that wait for the resource do not take
            List<TaskFuture<Integer>> others = IntStream.range(0, 20)
                    .mapToObj(i -> session.submit("other-" + i, () -> 1))
                    .toList();
            assertThat(TaskFuture.all(others).result(Deadlines.PATIENCE)).hasSize(20);
            assertThat(runs.count()).isEqualTo(2);
            gate.open();

            assertThat(TaskFuture.all(requiring).result(Deadlines.PATIENCE)).containsOnly(1);
        }
    }

    @Test
    void processesThatReplaceOthersOrAreAddedDeclareTheSame() {
        try (Cluster cluster = cluster().build().start();
                TaskSession session = session(cluster)) {
            Ignite client = Ignition.allGrids().get(0);
            Place killed = session.submit("place", Place::here).result(Deadlines.PATIENCE);

            assertThat(ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly())
                    .isTrue();
            awaitServers(client, 2, killed);
            cluster.scale(3);
            awaitServers(client, 3, killed);

            assertDeclared(client, 3);
        }
    }

    @Test
    void nodesInThisJvmDeclareTheSameAsProcesses() {
        try (Cluster cluster = cluster().processes(false).build().start();
                TaskSession session = session(cluster)) {
            assertThat(session.submit("required", () -> 1, GPU).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
            assertDeclared(cluster.ignite().orElseThrow(), 2);
        }
    }

    @Test
    void optionsOfANamedFactoryDeclare() {
        try (TaskSession session = IgniteTaskRunner.builder()
                .clusterFactory(LocalCluster.class.getName())
                .clusterOptions(Map.of(
                        "nodes", "1", "processes", "false", "attributes", "zone=a,rack=r7", "resources", "gpu=2"))
                .build()
                .start()) {
            CallOptions required = CallOptions.none().onNodes("rack", "r7").requires("gpu", 2);

            assertThat(session.submit("required", () -> 1, required).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
        }
    }

    private static void awaitServers(Ignite member, int number, Place gone) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(
                        () -> member.cluster().forServers().nodes(),
                        servers -> servers.size() == number
                                && servers.stream().map(ClusterNode::id).noneMatch(gone.node()::equals));
    }

    private static void assertDeclared(Ignite member, int servers) {
        assertThat(member.cluster().forServers().nodes())
                .hasSize(servers)
                .allSatisfy(node -> assertThat(node.attributes())
                        .containsEntry("zone", ZONE)
                        .containsEntry("ignitetasks.resource.gpu", "1"));
    }

    private static TaskSession session(Cluster cluster) {
        return IgniteTaskRunner.builder().cluster(cluster).build().start();
    }

    /** Where a task ran: the process, and its node. */
    private record Place(long pid, UUID node) implements Serializable {
        static Place here() {
            Ignite ignite = TaskContext.current().orElseThrow().ignite();
            return new Place(
                    ProcessHandle.current().pid(), ignite.cluster().localNode().id());
        }
    }
}
