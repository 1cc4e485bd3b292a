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
import io.github.ignitetasks.support.CapturedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.DeploymentMode;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ClientJoinIT {
    @TempDir
    private static Path folder;

    @Test
    void gridWithOtherPeerClassLoadingSettingsIsJoinedByItsOwn() {
        try (TestGrid grid = TestGrid.start(
                folder.resolve("isolated"),
                1,
                node -> node.setPeerClassLoadingEnabled(true).setDeploymentMode(DeploymentMode.ISOLATED))) {
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
        }
        assertThat(Ignition.allGrids()).isEmpty();
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
                .withMessageContaining("cannot join a grid at [127.0.0.1:1, 127.0.0.1:2]");
        assertThat(Ignition.allGrids()).isEmpty();
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

    /** A cluster that says an address where nobody listens. */
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
