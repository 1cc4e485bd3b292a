package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.node.NodeSettings;
import io.github.ignitetasks.internal.process.NodeMain;
import io.github.ignitetasks.internal.process.NodesInChildJvms;
import io.github.ignitetasks.internal.process.ReplacementDelays;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.ClusterMain;
import io.github.ignitetasks.support.ProcessSockets;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ignite.Ignition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests nodes in processes of their own: how they start, die, are replaced and end. */
final class ProcessClusterIT {
    private static final int CALLS = 20;
    private static final int RESULTS = 500;

    @AfterEach
    void noProcessIsLeft() {
        assertThat(children()).isEmpty();
    }

    @Test
    void callsRunInEachProcessAndAllEndWithTheCluster() {
        Set<Long> pids = new HashSet<>();
        try (CapturedLog log = CapturedLog.of("io.github.ignitetasks.internal.process.StartLog");
                Cluster cluster = LocalCluster.builder().nodes(2).build().start();
                TaskSession session = session(cluster)) {
            assertThat(log.messages()).first().asString().endsWith("of 2 nodes, each in a JVM of its own");
            assertThat(log.messages())
                    .filteredOn(line -> line.contains(" has joined, "))
                    .hasSize(2);
            pids.addAll(pids(session, "pid"));

            assertThat(pids).isEqualTo(children()).hasSize(2);
            assertThat(cluster.nodes()).isEqualTo(2);
        }
        assertThat(pids).noneMatch(ProcessClusterIT::isAlive);
    }

    @Test
    void processesHaveTwoPortsOnLoopbackEachAndContactTheirClusterAlone() {
        try (Cluster cluster = LocalCluster.builder().nodes(2).build().start();
                TaskSession session = session(cluster)) {
            List<ProcessSockets> nodes =
                    pids(session, "pid").stream().map(ProcessSockets::of).toList();
            Set<String> ofCluster = Stream.concat(nodes.stream(), Stream.of(ownSockets()))
                    .flatMap(sockets -> sockets.listening().stream())
                    .collect(Collectors.toSet());

            assertThat(nodes).hasSize(2).allSatisfy(sockets -> {
                assertThat(sockets.listening())
                        .hasSize(2); // discovery and communication: none for REST or thin clients
                assertThat(sockets.beyondLoopback()).isEmpty();
                assertThat(sockets.datagram()).isEmpty();
                assertThat(ofCluster).containsAll(sockets.contacted());
            });
            assertThat(nodes)
                    .anySatisfy(sockets -> assertThat(sockets.contacted()).isNotEmpty());
        }
    }

    @Test
    void clustersThatAreStartedAtTheSameTimeDoNotMeet() {
        LocalCluster settings = LocalCluster.builder().nodes(1).build();
        CompletableFuture<Cluster> starting = CompletableFuture.supplyAsync(settings::start);
        try (Cluster one = settings.start();
                Cluster other = starting.join();
                TaskSession ofOne = session(one);
                TaskSession ofOther = session(other)) {
            assertThat(one.nodes()).isEqualTo(1);
            assertThat(other.nodes()).isEqualTo(1);
            assertThat(servers(ofOne)).isEqualTo(1);
            assertThat(servers(ofOther)).isEqualTo(1);
            assertThat(pids(ofOne, "same")).hasSize(1).doesNotContainAnyElementsOf(pids(ofOther, "same"));
        }
    }

    @Test
    void processesEndWhenTheirParentIsKilledAndLeaveNoFiles(@TempDir Path temporary) {
        List<String> options = List.of("@" + System.getProperty("jvm.opens.file"), "-Djava.io.tmpdir=" + temporary);
        try (ChildJvm parent = ChildJvm.start(options, ClusterMain.class)) {
            long one = Long.parseLong(parent.awaitLine("child "));
            long other = Long.parseLong(parent.awaitLine("child "));
            parent.awaitLine("started ");
            assertThat(isAlive(one) && isAlive(other)).isTrue();
            assertThat(temporary).isNotEmptyDirectory();

            parent.kill();

            Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> !isAlive(one) && !isAlive(other));
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void processThatIsKilledIsReplacedAndNoResultIsLost(@TempDir Path folder) {
        Tally runs = Tally.in(folder);
        try (Cluster cluster = LocalCluster.builder().nodes(2).build().start();
                TaskSession session = session(cluster)) {
            List<Integer> results = results(session, runs, CALLS);
            long killed = children().iterator().next();

            kill(killed);

            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .until(() -> !isAlive(killed) && children().size() == 2 && cluster.nodes() == 2);
            try (TaskSession later = session(cluster)) {
                assertThat(results(later, runs, CALLS)).isEqualTo(results);
                assertThat(pids(later, "later")).doesNotContain(killed).hasSize(2);
            }
        }
        assertThat(runs.count()).isEqualTo(CALLS);
    }

    @Test
    void processThatIsKilledAgainAndAgainIsReplacedSixTimesAndNoMore() {
        // ServingMain gets the rest of the launcher's command as its arguments
        List<String> servingMain = List.of("-cp", System.getProperty("java.class.path"), ServingMain.class.getName());
        try (CapturedLog log = CapturedLog.of(RunningLocalCluster.class);
                Cluster cluster = RunningLocalCluster.start(
                        1,
                        new NodesInChildJvms(NodeSettings.withSlots(1), servingMain),
                        new ReplacementDelays(Duration.ZERO, System::nanoTime))) {
            Set<Long> killed = new HashSet<>();
            for (int i = 0; i <= 6; i++) {
                Set<Long> next = Awaitility.await()
                        .atMost(Deadlines.PATIENCE)
                        .until(
                                ProcessClusterIT::children,
                                pids -> cluster.nodes() == 1 && pids.size() == 1 && !killed.containsAll(pids));
                next.forEach(ProcessClusterIT::kill);
                killed.addAll(next);
            }

            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .until(() -> log.messages().stream().anyMatch(message -> message.contains("none is replaced")));
            assertThat(children()).isEmpty();
            assertThat(cluster.nodes()).isZero();
        }
    }

    @Test
    void clusterThatCannotStartSaysWhatTheProcessPrintedAndLeavesNone() {
        LocalCluster impossible =
                LocalCluster.builder().nodes(2).memoryPerNode(1L << 60).build();

        assertThatIllegalStateException()
                .isThrownBy(impossible::start)
                .withMessageContaining("before the node was ready")
                .withMessageContaining("heap");

        assertThat(children()).isEmpty();
    }

    @Test
    void clusterThatGrowsAndShrinksKeepsAllResults(@TempDir Path folder) {
        Tally runs = Tally.in(folder);
        try (Cluster cluster = LocalCluster.builder().nodes(1).build().start();
                TaskSession session = session(cluster)) {
            cluster.scale(3);
            assertThat(cluster.nodes()).isEqualTo(3);
            List<Integer> results = results(session, runs, RESULTS);

            cluster.scale(1);

            assertThat(children()).hasSize(1);
            try (TaskSession later = session(cluster)) {
                assertThat(results(later, runs, RESULTS)).isEqualTo(results);
            }
        }
        assertThat(runs.count()).isEqualTo(RESULTS);
    }

    @Test
    void runnerOfTheClassNameStartsAndEndsItsProcesses() {
        try (TaskSession session = IgniteTaskRunner.builder()
                .clusterFactory(LocalCluster.class.getName())
                .clusterOptions(Map.of("nodes", "1", "slotsPerNode", "2", "memoryPerNode", "256m"))
                .build()
                .start()) {
            assertThat(pids(session, "pid")).isEqualTo(children()).hasSize(1);
        }
    }

    @Test
    void closedClusterCannotBeScaledNorJoined() {
        Cluster cluster = LocalCluster.builder().nodes(1).build().start();
        cluster.close();
        cluster.close();

        assertThatIllegalStateException().isThrownBy(() -> cluster.scale(1)).withMessage("the cluster is closed");
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(cluster::address);
    }

    private static TaskSession session(Cluster cluster) {
        return IgniteTaskRunner.builder().cluster(cluster).build().start();
    }

    /** Returns the sockets of this JVM, which has a client node. */
    private static ProcessSockets ownSockets() {
        return ProcessSockets.of(ProcessHandle.current().pid());
    }

    /** Returns the number of servers that a node of the session's grid sees. */
    private static int servers(TaskSession session) {
        return session.submit(
                        "servers",
                        () -> Ignition.allGrids()
                                .get(0)
                                .cluster()
                                .forServers()
                                .nodes()
                                .size())
                .result(Deadlines.PATIENCE);
    }

    private static Set<Long> pids(TaskSession session, String name) {
        List<TaskFuture<Long>> futures = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            futures.add(
                    session.submit(name + "-" + i, () -> ProcessHandle.current().pid()));
        }
        return new HashSet<>(TaskFuture.all(futures).result(Deadlines.PATIENCE));
    }

    private static List<Integer> results(TaskSession session, Tally runs, int count) {
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            futures.add(session.submit("result-" + i, () -> {
                runs.add();
                return number * number;
            }));
        }
        return TaskFuture.all(futures).result(Deadlines.PATIENCE);
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /** A main class that looks like a node to the launcher. It serves until its standard input ends. */
    static final class ServingMain {
        private ServingMain() {}

        public static void main(String[] args) throws IOException {
            System.out.println(NodeMain.READY);
            while (System.in.read() >= 0) {
                // the loop ends with the input
            }
        }
    }
}
