package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.FreePort;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.RunLog;
import io.github.ignitetasks.support.ServerMain;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.events.CacheEvent;
import org.apache.ignite.events.EventType;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of killing the server that owns a key. The grid's other server is in this JVM. */
final class DyingOwnerIT {
    /** The time at which the key's task started in this JVM, in nanoseconds. The task sets it. */
    private static CompletableFuture<Long> begunHere = new CompletableFuture<>();

    @TempDir
    private Path folder;

    private ChildJvm other;
    private String otherAddress;
    private TestGrid grid;
    private Ignite here;
    private UUID there;
    private String key;

    @BeforeEach
    void start() {
        begunHere = new CompletableFuture<>();
        other = ChildJvm.start(ServerMain.class);
        other.writeLine("at " + FreePort.find() + " " + folder.resolve("other"));
        otherAddress = other.awaitLine("address ");
        grid = TestGrid.startAt(FreePort.find(), folder, node -> join(node, otherAddress));
        here = grid.node(0);
        there = here.cluster().forRemotes().node().id();
        key = keyOwnedThere();
    }

    @AfterEach
    void close() {
        grid.close();
        other.close();
    }

    @Test
    void resultThatWasRecordedAndNotToldIsTakenFromItsRecord() {
        RunLog runs = RunLog.in(folder);
        here.events()
                .localListen(
                        event -> {
                            if (isRecord((CacheEvent) event)) {
                                other.kill(); // the owner waits for this server to acknowledge the record
                            }
                            return true;
                        },
                        EventType.EVT_CACHE_OBJECT_PUT);
        try (TaskSession session = session()) {
            String own = key;
            State<String> state = session.submit(own, () -> {
                        runs.add(own);
                        return "result";
                    })
                    .await(Deadlines.PATIENCE)
                    .orElseThrow();

            assertThat(state.result()).isEqualTo("result");
            assertThat(state.node()).isEqualTo(otherAddress);
            assertThat(state.isCached()).as("it ran for this session").isFalse();
            assertThat(here.cluster().node(there)).isNull();
            assertThat(runs.runs()).containsOnly(Map.entry(key, 1L));
        }
    }

    @Test
    void keyThatRanThereBeginsHereSoonAfterItsDeathWasNoticed() {
        Tally begun = Tally.in(folder);
        Gate gate = Gate.in(folder);
        CompletableFuture<Long> noticed = new CompletableFuture<>();
        here.events()
                .localListen(
                        event -> noticed.complete(System.nanoTime()),
                        EventType.EVT_NODE_FAILED,
                        EventType.EVT_NODE_LEFT);
        try (TaskSession session = session()) {
            TaskFuture<String> future = session.submit(key, () -> {
                begunHere.complete(System.nanoTime());
                begun.add();
                gate.pass();
                return "result";
            });
            begun.await(1);
            assertThat(begunHere).isNotDone();
            other.kill();
            begun.await(2);
            gate.open();

            assertThat(future.result(Deadlines.PATIENCE)).isEqualTo("result");
            assertThat(Duration.ofNanos(begunHere.join() - noticed.join()))
                    .isLessThan(Duration.ofSeconds(10)); // the promise is 1 s; a slow machine may need 10 s
        }
    }

    private boolean isRecord(CacheEvent event) {
        return key.equals(event.key()) && event.newValue() instanceof byte[] record && StateRecord.isState(record);
    }

    private String keyOwnedThere() {
        Records records = Records.of(here);
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "key-" + number)
                .filter(each -> {
                    ClusterNode owner = records.primary(each);
                    return owner != null && owner.id().equals(there);
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

    private TaskSession session() {
        return IgniteTaskRunner.builder().ignite(here).build().start();
    }
}
