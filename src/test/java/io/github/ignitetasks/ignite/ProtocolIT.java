package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.client.ConnectionState;
import io.github.ignitetasks.internal.node.Protocol;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.OtherPlugin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the attribute by which a server announces that it has the library. */
final class ProtocolIT {
    @TempDir
    private static Path folder;

    @Test
    void serverThatWasStartedWithoutTheLibrarySaysThatItIsOnItsClassPathBesideWhatItSaysOfItself() {
        try (TestGrid grid =
                TestGrid.start(folder.resolve("own"), 1, node -> node.setUserAttributes(Map.of("color", "red")))) {
            Map<String, Object> said = grid.node(0).cluster().localNode().attributes();

            assertThat(said).containsEntry("color", "red").containsEntry(Protocol.ATTRIBUTE, 1);
        }
    }

    @Test
    void serverWhoseConfigurationListsOtherPluginsIsUsedIfItsAttributeIsSetAndRefusedOtherwise() {
        try (TestGrid grid = TestGrid.start(folder.resolve("plugins"), 1, node -> say(node, Map.of()))) {
            assertThatIllegalStateException()
                    .isThrownBy(session(grid)::start)
                    .withMessageContaining("does not have this library")
                    .withMessageContaining("pluginProviders");
        }
        try (TestGrid grid =
                        TestGrid.start(folder.resolve("said"), 1, node -> say(node, Map.of(Protocol.ATTRIBUTE, 1)));
                TaskSession session = session(grid).start()) {
            assertThat(session.submit("said", () -> 1).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
        }
    }

    @Test
    void serverOfAnotherProtocolIsRefusedShowingWhatItSays() {
        try (TestGrid grid =
                TestGrid.start(folder.resolve("other"), 1, node -> say(node, Map.of(Protocol.ATTRIBUTE, "1")))) {
            Ignite server = grid.node(0);

            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            IgniteTaskRunner.builder().ignite(server).build().start())
                    .withMessageContaining("says ignitetasks.protocol=1 (java.lang.String), not 1 (java.lang.Integer)");
            assertThat(server.cacheNames()).isEmpty();
        }
    }

    /** Records in memory are lost with the last server that has them, just as when the whole grid ends. */
    @Test
    void callsWaitWhileNoServerHasTheLibraryAndEndOnceOneJoins() {
        try (CapturedLog log = CapturedLog.of(ConnectionState.class);
                TestGrid grid = TestGrid.start(folder.resolve("none"), 1);
                TaskSession session = session(grid).start()) {
            Ignite without = grid.addNode(node -> say(node, Map.of()));
            Ignition.stop(grid.node(0).name(), true);
            TaskFuture<Integer> future = session.submit("waits", () -> 1);
            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .until(() -> !log.messages().isEmpty());
            assertThat(future.state()).isEmpty();

            TcpDiscoverySpi there = (TcpDiscoverySpi) without.configuration().getDiscoverySpi();
            grid.addNode(node -> ((TcpDiscoverySpi) node.getDiscoverySpi())
                    .setIpFinder(
                            new TcpDiscoveryVmIpFinder().setAddresses(List.of("127.0.0.1:" + there.getLocalPort()))));

            assertThat(future.await(Deadlines.PATIENCE).orElseThrow().describe())
                    .contains("all partition owners have left the grid");
        }
    }

    private static IgniteTaskRunner session(TestGrid grid) {
        return IgniteTaskRunner.builder().address(grid.address()).build();
    }

    private static void say(IgniteConfiguration node, Map<String, ?> attributes) {
        node.setPluginProviders(new OtherPlugin()).setUserAttributes(attributes);
    }
}
