package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.ignite.IgniteTaskRunnerBuilder;
import io.github.ignitetasks.internal.process.NodeMain;
import io.github.ignitetasks.internal.tls.TlsPeer;
import io.github.ignitetasks.support.Identity;
import io.github.ignitetasks.support.ProcessSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which clients and servers a cluster of processes with TLS accepts. */
final class TlsIT {
    @TempDir
    private static Path folder;

    private static Tls grid;
    private static Tls runner;
    private static Tls foreign;
    private static Tls distrustful;
    private static Cluster cluster;

    @BeforeAll
    static void startCluster() {
        Identity ofGrid = Identity.make(folder, "grid");
        Identity ofRunner = Identity.make(folder, "runner");
        Identity ofStranger = Identity.make(folder, "stranger");
        Path trust = Identity.trust(folder.resolve("trust.p12"), ofGrid, ofRunner);
        grid = ofGrid.trusting(trust);
        runner = ofRunner.trusting(trust);
        foreign = ofStranger.trusting(trust);
        distrustful = ofRunner.trusting(Identity.trust(folder.resolve("other.p12"), ofStranger));
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
    void runnerWithAForeignCertificateIsRefusedNamingIt() {
        assertRefused(
                joining(cluster.address()).tls(foreign),
                "does not accept the certificate of this one, CN=stranger: ",
                "add it, or who issued it, to the trust store there");
    }

    @Test
    void runnerThatDoesNotTrustTheNodesIsRefusedNamingTheirCertificate() {
        assertRefused(
                joining(cluster.address()).tls(distrustful),
                "this node does not trust the certificate of the node at 127.0.0.1:",
                ", CN=grid: ",
                "to the trust store here");
    }

    @Test
    void runnerWithoutTlsIsToldToSetIt() {
        assertRefused(joining(cluster.address()), "asks for TLS, and this one has none; set tls");
    }

    @Test
    void runnerWithTlsIsToldThatAGridHasNone() {
        try (TestGrid plain = TestGrid.start(folder.resolve("plain"), 1)) {
            assertRefused(
                    joining(plain.address()).tls(runner),
                    "the node at " + plain.address() + " has no TLS, and this one has",
                    "or leave out tls");
        }
    }

    @Test
    void runnerWhoseFileIsGoneIsRefusedNamingIt() throws IOException {
        Identity gone = Identity.make(folder, "gone");
        Tls tls = gone.trusting(gone.keyStore());
        Files.delete(gone.keyStore());

        assertRefused(
                joining(cluster.address()).tls(tls),
                "tls cannot be used: ",
                gone.keyStore().toString());
    }

    @Test
    void discoveryAndCommunicationLetInNobodyWithoutATrustedCertificate() throws Exception {
        Set<String> ports = ProcessSockets.of(children().iterator().next()).listening();

        assertThat(ports).hasSize(2);
        for (String port : ports) {
            assertThat(peer(port).certificate()).contains("CN=grid");
            peer(port).shakeHands(context(runner));
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(() -> peer(port).shakeHands(context(foreign)));
        }
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
    void temporaryNodeListensNowhereAndNeedsNoTls() {
        try (TaskSession session = IgniteTaskRunner.builder().tls(grid).build().start()) {
            assertThat(session.submit("one", () -> 1).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
            assertThat(ProcessSockets.of(ProcessHandle.current().pid()).listening())
                    .isEmpty();
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
                IgniteTaskRunner.builder()
                        .clusterFactory(
                                LocalCluster.builder().nodes(1).processes(false).build())
                        .tls(runner),
                "tls is set, but a temporary cluster has a node in this JVM that has none",
                "give tls to the cluster");
    }

    private static IgniteTaskRunnerBuilder joining(String address) {
        return IgniteTaskRunner.builder().address(address);
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

    /** Returns the peer at an address in the hexadecimal form of Linux. */
    private static TlsPeer peer(String socket) {
        int port = Integer.parseInt(socket.substring(socket.indexOf(':') + 1), 16);
        return new TlsPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static SSLContext context(Tls tls) {
        return tls.sslContextFactory().orElseThrow().create();
    }
}
