package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.connect.ClientNode;
import io.github.ignitetasks.internal.connect.JoinProgress;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.FreePort;
import io.github.ignitetasks.support.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.DeploymentMode;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

final class ClientJoinIT {
    @TempDir
    private static Path folder;

    @Test
    void gridWithOtherPeerClassLoadingSettingsIsJoinedByItsOwnAndQuietly() {
        RecordedLog own = new RecordedLog();
        try (TestGrid grid = TestGrid.start(
                        folder.resolve("isolated"),
                        1,
                        node -> node.setPeerClassLoadingEnabled(true).setDeploymentMode(DeploymentMode.ISOLATED));
                CapturedLog all = CapturedLog.of(Logger.ROOT_LOGGER_NAME);
                CapturedLog log = CapturedLog.of(ClientNode.class)) {
            TaskRunner runner =
                    IgniteTaskRunner.builder().address(grid.address()).build();
            try (TaskSession session = runner.start()) {
                assertThat(session.submit("joined", () -> 1).result(Deadlines.PATIENCE))
                        .isEqualTo(1);
                List<Boolean> flags = Ignition.allGrids().stream()
                        .map(node -> node.configuration().isPeerClassLoadingEnabled())
                        .toList();
                assertThat(flags).containsOnly(true).hasSize(2);
            }
            assertThat(all.errors()).isEmpty();
            assertThat(all.messages()).noneMatch(message -> message.contains("different from"));
            assertThat(log.messages())
                    .containsExactly(
                            "joining the grid at [" + grid.address() + "]",
                            "joined the grid at [" + grid.address()
                                    + "], which has peer class loading on, in mode ISOLATED");

            IgniteTaskRunner.builder()
                    .address(grid.address())
                    .clientConfiguration(client -> client.setGridLogger(own))
                    .build()
                    .start()
                    .close();
            assertThat(own.lines())
                    .noneMatch(line -> line.startsWith("error"))
                    .anyMatch(line -> line.contains("Topology snapshot"));
        }
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void whatIgniteLogsOfAJoinThatFailsIsNotHeldBack() {
        RecordedLog own = new RecordedLog();
        TaskRunner runner = IgniteTaskRunner.builder()
                .address("127.0.0.1:1")
                .joinTimeout(Duration.ofMillis(500))
                .clientConfiguration(client -> client.setGridLogger(own))
                .build();

        assertThatIllegalStateException().isThrownBy(runner::start);
        assertThat(own.lines()).anyMatch(line -> line.startsWith("error"));
    }

    @Test
    void clientThatWaitsLogsWhereItLooksAndWhenItGivesUp() {
        try (CapturedLog log = CapturedLog.of(JoinProgress.class)) {
            TaskRunner runner = IgniteTaskRunner.builder()
                    .address("127.0.0.1:1")
                    .joinTimeout(Duration.ofMillis(3_500))
                    .build();

            assertThatIllegalStateException().isThrownBy(runner::start);
            assertThat(log.messages())
                    .first(as(STRING))
                    .isEqualTo("no grid has answered at [127.0.0.1:1] for PT3S; giving up after PT3.5S (joinTimeout)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]:%d", "[0:0:0:0:0:0:0:1]:%d..%<d"})
    void serverAtAnIpv6AddressIsJoined(String form) {
        int port = FreePort.find();
        try (TestGrid grid = TestGrid.startAt(port, folder.resolve("ipv6"), node -> {
                    node.setLocalHost("::1");
                    ((TcpDiscoverySpi) node.getDiscoverySpi())
                            .setIpFinder(new TcpDiscoveryVmIpFinder().setAddresses(List.of("[::1]:" + port)));
                });
                TaskSession session = IgniteTaskRunner.builder()
                        .address(form.formatted(port))
                        .build()
                        .start()) {
            assertThat(grid.node(0).cluster().forClients().nodes()).hasSize(1);
            assertThat(session.submit("ipv6 " + form, () -> 1).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DeploymentMode.class,
            names = {"SHARED", "CONTINUOUS"})
    void modeInWhichOlderVersionsOfAClassMayRunIsWarnedOfWithTheRemedy(DeploymentMode mode) {
        assertThat(warningsOnJoining(mode))
                .singleElement(as(STRING))
                .contains("in mode " + mode)
                .contains("set deploymentMode ISOLATED on all nodes");
    }

    @ParameterizedTest
    @EnumSource(
            value = DeploymentMode.class,
            names = {"ISOLATED", "PRIVATE"})
    void modeInWhichVersionsOfAClassAreKeptApartIsNotWarnedOf(DeploymentMode mode) {
        assertThat(warningsOnJoining(mode)).isEmpty();
    }

    private static List<String> warningsOnJoining(DeploymentMode mode) {
        try (CapturedLog log = CapturedLog.of(IgniteTaskRunner.class);
                TestGrid grid = TestGrid.start(
                        folder.resolve("mode-" + mode),
                        1,
                        node -> node.setPeerClassLoadingEnabled(true).setDeploymentMode(mode))) {
            IgniteTaskRunner.builder().address(grid.address()).build().start().close();
            return log.messages().stream()
                    .filter(message -> message.contains("loads classes of peers"))
                    .toList();
        }
    }

    @Test
    void clientLeavesNoFilesBehind() {
        Path work;
        try (TestGrid grid = TestGrid.start(folder.resolve("clean"), 1)) {
            TaskRunner runner =
                    IgniteTaskRunner.builder().address(grid.address()).build();
            try (TaskSession session = runner.start()) {
                session.submit("clean", () -> 1).result(Deadlines.PATIENCE);
                work = Ignition.allGrids().stream()
                        .map(Ignite::configuration)
                        .filter(IgniteConfiguration::isClientMode)
                        .map(client -> Path.of(client.getWorkDirectory()))
                        .findFirst()
                        .orElseThrow();
                assertThat(work).exists();
            }
        }
        assertThat(work).doesNotExist();
        assertThat(Path.of("ignite")).doesNotExist();
    }

    @Test
    void addressWhereNobodyListensIsRefusedInTimeNamingIt() {
        TaskRunner runner = IgniteTaskRunner.builder()
                .address("127.0.0.1:1", "127.0.0.1:2")
                .clientConfiguration(ClientJoinIT::giveUpSoon)
                .build();

        assertThatIllegalStateException()
                .isThrownBy(runner::start)
                .withMessageContaining("cannot join a grid at [127.0.0.1:1, 127.0.0.1:2]")
                .withMessageContaining("nobody listens at 127.0.0.1:1 (connection refused); start a server node there");
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void hostWithoutARouteIsCalledUnreachableAndAnUnknownOneUnknown() {
        TaskRunner runner = IgniteTaskRunner.builder()
                .address("[2001:db8:ffff::1%lo]:47500", "no-such-host.invalid:47500")
                .joinTimeout(Duration.ofMillis(500))
                .build();

        assertThatIllegalStateException()
                .isThrownBy(runner::start)
                .withMessageContaining("host '2001:db8:ffff::1%lo' is unreachable from here")
                .withMessageContaining("host 'no-such-host.invalid' is unknown; check its spelling");
    }

    @Test
    void clusterOfAFactoryThatCannotBeJoinedIsClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        TaskRunner runner = IgniteTaskRunner.builder()
                .clusterFactory(options -> new Unreachable(closed))
                .clientConfiguration(ClientJoinIT::giveUpSoon)
                .build();

        assertThatIllegalStateException()
                .isThrownBy(runner::start)
                .withMessageContaining("cannot join a grid at [127.0.0.1:1]");
        assertThat(closed).isTrue();
    }

    private static void giveUpSoon(IgniteConfiguration client) {
        ((TcpDiscoverySpi) client.getDiscoverySpi()).setJoinTimeout(500);
    }

    @Test
    void hostThatIsUnknownIsRefusedNamingIt() {
        TaskRunner runner =
                IgniteTaskRunner.builder().address("no-such-host.invalid:47500").build();

        assertThatIllegalStateException().isThrownBy(runner::start).withMessageContaining("no-such-host.invalid:47500");
    }

    @Test
    void customizerThatMakesTheClientAServerIsRefused() {
        TaskRunner runner = IgniteTaskRunner.builder()
                .address("127.0.0.1:1")
                .clientConfiguration(configuration -> configuration.setClientMode(false))
                .build();

        assertThatIllegalStateException()
                .isThrownBy(runner::start)
                .withMessageContaining("clientConfiguration changed clientMode from 'true' to 'false'");
    }

    @Test
    void customizerThatRenamesTheInstanceIsRefused() {
        TaskRunner runner = IgniteTaskRunner.builder()
                .address("127.0.0.1:1")
                .clientConfiguration(configuration -> configuration.setIgniteInstanceName("mine"))
                .build();

        assertThatIllegalStateException()
                .isThrownBy(runner::start)
                .withMessageContaining("clientConfiguration changed igniteInstanceName")
                .withMessageContaining("'mine'");
    }

    @Test
    void whatTheCustomizerSetsIsUsed() {
        try (TestGrid grid = TestGrid.start(folder.resolve("customized"), 1)) {
            TaskRunner runner = IgniteTaskRunner.builder()
                    .address(grid.address())
                    .clientConfiguration(configuration -> configuration.setConsistentId("the-customized-client"))
                    .build();
            try (TaskSession session = runner.start()) {
                assertThat(session.submit("customized", () -> 1).result(Deadlines.PATIENCE))
                        .isEqualTo(1);
                assertThat(Ignition.allGrids().stream().map(Ignite::configuration))
                        .anyMatch(configuration -> "the-customized-client".equals(configuration.getConsistentId()));
            }
        }
    }

    /** A cluster whose address has no listener. */
    private record Unreachable(AtomicBoolean closed) implements Cluster {
        @Override
        public String address() {
            return "127.0.0.1:1";
        }

        @Override
        public int nodes() {
            return 1;
        }

        @Override
        public void scale(int nodes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
