package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.node.RecordCache;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.events.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the traces that a session leaves on a grid that continues to run. */
final class FootprintIT {
    @TempDir
    private static Path folder;

    @Test
    void gridKeepsTheCacheOfRecordsAloneAndItsSettingsAndWorksAfterThatIsDestroyed() {
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 2, FootprintIT::listenToEvents)) {
            Ignite server = grid.node(0);
            server.getOrCreateCache("application").put("key", "value");
            List<Integer> events = enabledEvents(server);

            run(grid, "first");

            assertThat(server.cacheNames()).containsExactlyInAnyOrder("application", RecordCache.NAME);
            assertThat(server.cluster().forClients().nodes()).isEmpty();
            assertThat(enabledEvents(server)).isEqualTo(events);
            assertThat(server.cache("application").get("key")).isEqualTo("value");

            server.destroyCache(RecordCache.NAME);
            run(grid, "second");
            run(grid, "first");
        }
    }

    @Test
    void nodeThatWasGivenKeepsNothingOfItsSession() {
        try (TestGrid grid = TestGrid.start(folder.resolve("given"), 1)) {
            Ignite client = grid.addNode(node -> node.setClientMode(true));
            Set<String> before = client.cluster().localNode().attributes().keySet();
            List<Integer> events = enabledEvents(client);
            try (TaskSession session =
                    IgniteTaskRunner.builder().ignite(client).build().start()) {
                assertThat(session.submit("given", () -> 1).result(Deadlines.PATIENCE))
                        .isEqualTo(1);
            }
            assertThat(client.cluster().nodeLocalMap()).isEmpty();
            assertThat(enabledEvents(client)).isEqualTo(events);
            assertThat(client.cluster().localNode().attributes().keySet()).isEqualTo(before);
            assertThat(client.cluster().forServers().nodes().stream().map(ClusterNode::id))
                    .hasSize(1);
        }
    }

    private static void run(TestGrid grid, String key) {
        try (TaskSession session =
                IgniteTaskRunner.builder().address(grid.address()).build().start()) {
            assertThat(session.submit(key, () -> 1).result(Deadlines.PATIENCE)).isEqualTo(1);
        }
    }

    private static void listenToEvents(IgniteConfiguration node) {
        node.setIncludeEventTypes(EventType.EVT_CACHE_OBJECT_PUT, EventType.EVT_JOB_STARTED);
    }

    private static List<Integer> enabledEvents(Ignite node) {
        return Arrays.stream(node.events().enabledEvents()).sorted().boxed().toList();
    }
}
