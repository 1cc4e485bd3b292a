package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.ignite.IgniteTaskRunnerBuilder;
import io.github.ignitetasks.support.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of processes with TLS, and who gets into it. */
final class TlsIT {
    @TempDir
    private static Path folder;

    private static Tls grid;
    private static Tls runner;
    private static Cluster cluster;

    @BeforeAll
    static void startCluster() {
        Identity ofGrid = Identity.make(folder, "grid");
        Identity ofRunner = Identity.make(folder, "runner");
        Path trust = Identity.trust(folder.resolve("trust.p12"), ofGrid, ofRunner);
        grid = ofGrid.trusting(trust);
        runner = ofRunner.trusting(trust);
        cluster = LocalCluster.builder().nodes(2).tls(grid).build().start();
    }

    @AfterAll
    static void closeCluster() {
        cluster.close();
    }

    @Test
    void runnerWithACertificateThatTheNodesTrustRunsTasks() {
        assertRunsTasks(
                "address", IgniteTaskRunner.builder().address(cluster.address()).tls(runner));
    }

    @Test
    void runnerOfAClusterHasItsTlsOrTheOneThatItIsGiven() {
        assertRunsTasks("cluster", IgniteTaskRunner.builder().cluster(cluster));
        assertRunsTasks(
                "cluster-own", IgniteTaskRunner.builder().cluster(cluster).tls(runner));
    }

    @Test
    void passwordsAreNeitherInTheCommandsNorInTheEnvironmentOfProcesses() throws IOException {
        for (long pid : children()) {
            Path process = Path.of("/proc", Long.toString(pid));
            assertThat(Files.readString(process.resolve("cmdline")))
                    .contains(NodeMain.class.getName())
                    .doesNotContain(Identity.PASSWORD);
            assertThat(Files.readString(process.resolve("environ"))).doesNotContain(Identity.PASSWORD);
        }
    }

    @Test
    void nodesInThisJvmMeetByTheirTls() {
        LocalCluster two = LocalCluster.builder()
                .nodes(2)
                .processes(false)
                .slotsPerNode(1)
                .tls(grid)
                .build();
        try (Cluster started = two.start()) {
            Ignite node = started.ignite().orElseThrow();
            assertThat(node.cluster().forServers().nodes()).hasSize(2);
        }
    }

    @Test
    void runnerWithTlsDoesNotUseANodeInThisJvmThatHasNone() {
        assertRefused(
                IgniteTaskRunner.builder().clusterFactory(new EmbeddedCluster()).tls(runner),
                "tls is set, but a temporary cluster has a node in this JVM that has none",
                "give tls to the cluster");
    }

    private static void assertRunsTasks(String key, IgniteTaskRunnerBuilder builder) {
        try (TaskSession session = builder.build().start()) {
            long process =
                    session.submit(key, () -> ProcessHandle.current().pid()).result(Deadlines.PATIENCE);
            assertThat(children()).contains(process);
        }
    }

    private static void assertRefused(IgniteTaskRunnerBuilder builder, String... parts) {
        IgniteTaskRunner refused = builder.build();
        IllegalStateException problem =
                assertTimeout(Deadlines.PATIENCE, () -> catchIllegalStateException(refused::start));
        assertThat(problem).hasMessageContainingAll(parts);
        assertThat(Throwables.getStackTrace(problem)).doesNotContain(Identity.PASSWORD);
        assertThat(Ignition.allGrids()).noneMatch(node -> node.configuration().isClientMode());
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }
}
