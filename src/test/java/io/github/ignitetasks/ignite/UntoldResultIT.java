package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.FreePort;
import io.github.ignitetasks.support.RunLog;
import io.github.ignitetasks.support.ServerMain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.events.CacheEvent;
import org.apache.ignite.events.EventType;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed when its record of a key is on the other server, and before it can tell anybody. */
final class UntoldResultIT {
    @TempDir
    private Path folder;

    @Test
    void resultThatWasRecordedAndNotToldIsTakenFromItsRecord() {
        RunLog runs = RunLog.in(folder);
        try (ChildJvm other = ChildJvm.start(ServerMain.class)) {
            other.writeLine("at " + FreePort.find() + " " + folder.resolve("other"));
            String address = other.awaitLine("address ");
            try (TestGrid grid = TestGrid.startAt(FreePort.find(), folder, node -> join(node, address));
                    TaskSession session = session(grid.node(0))) {
                Ignite here = grid.node(0);
                UUID there = here.cluster().forRemotes().node().id();
                String key = keyAtHomeOn(there, here);
                here.events()
                        .localListen(
                                event -> {
                                    if (isRecordOf(key, (CacheEvent) event)) {
                                        other.kill(); // which waits for this server to say that it has the record
                                    }
                                    return true;
                                },
                                EventType.EVT_CACHE_OBJECT_PUT);

                State<String> state = session.submit(key, () -> {
                            runs.add(key);
                            return "result";
                        })
                        .await(Deadlines.PATIENCE)
                        .orElseThrow();

                assertThat(state.result()).isEqualTo("result");
                assertThat(state.node()).isEqualTo(address);
                assertThat(here.cluster().node(there)).isNull();
                assertThat(runs.runs()).containsOnly(Map.entry(key, 1L));
            }
        }
    }

    private static boolean isRecordOf(String key, CacheEvent event) {
        return key.equals(event.key()) && event.newValue() instanceof byte[] record && StateRecord.isState(record);
    }

    private static String keyAtHomeOn(UUID node, Ignite grid) {
        Records records = Records.of(grid);
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "key-" + number)
                .filter(key -> {
                    ClusterNode home = records.home(key);
                    return home != null && home.id().equals(node);
                })
                .findFirst()
                .orElseThrow();
    }

    private static void join(IgniteConfiguration node, String address) {
        ServerMain.losePatienceSoon(node);
        TcpDiscoverySpi discovery = (TcpDiscoverySpi) node.getDiscoverySpi();
        discovery.setIpFinder(new TcpDiscoveryVmIpFinder().setAddresses(List.of(address)));
        node.setIncludeEventTypes(EventType.EVT_CACHE_OBJECT_PUT);
    }

    private static TaskSession session(Ignite node) {
        return IgniteTaskRunner.builder().ignite(node).build().start();
    }
}
