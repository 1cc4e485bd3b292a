package io.github.ignitetasks.internal.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.cache.distributed.dht.preloader.GridDhtPartitionsExchangeFuture;
import org.apache.ignite.internal.processors.cache.distributed.dht.preloader.PartitionsExchangeAware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how a node notices changes of its grid. */
final class TopologyMonitorIT {
    private static final int KNOWN = 50;

    private static final Executor BACKGROUND = task -> new Thread(task, "background").start();

    @TempDir
    private Path folder;

    @Test
    void serverThatJoinsOrLeavesIsAChangeAndNothingElseIs() {
        try (TestGrid grid = TestGrid.start(folder, 1)) {
            TopologyMonitor changes = new TopologyMonitor(grid.node(0));
            Records records = Records.of(grid.node(0));
            TopologyMonitor.Moment alone = settled(changes);
            records.claim(
                            "key",
                            ClaimRecord.of(grid.node(0).cluster().localNode().id(), List.of()))
                    .get();
            assertThat(changes.since(alone)).isFalse();

            Ignite joined = grid.addNode();
            assertThat(changes.since(alone)).isTrue();

            TopologyMonitor.Moment together = settled(changes);
            Ignition.stop(joined.name(), true);
            await().atMost(Deadlines.PATIENCE).until(() -> changes.since(together));
        }
    }

    @Test
    void clientThatJoinsOrLeavesIsNoChange() {
        try (TestGrid grid = TestGrid.start(folder, 2)) {
            Records.of(grid.node(0)); // a cache, whose partitions settle
            TopologyMonitor changes = new TopologyMonitor(grid.node(0));
            TopologyMonitor.Moment before = settled(changes);
            HeldExchange exchange = HeldExchange.on(grid.node(0));
            CompletableFuture<Ignite> joining =
                    CompletableFuture.supplyAsync(() -> grid.addNode(node -> node.setClientMode(true)), BACKGROUND);
            exchange.awaitBegin();
            assertThat(grid.node(0).cluster().forClients().nodes()).hasSize(1);
            assertThat(changes.since(before)).isFalse();

            exchange.goOn();
            Ignite client = joining.join();
            await().atMost(Deadlines.PATIENCE).until(() -> isReadyFor(client, grid.node(0)));
            assertThat(changes.since(before)).isFalse();

            Ignition.stop(client.name(), true);
            await().atMost(Deadlines.PATIENCE)
                    .until(() -> grid.node(0).cluster().forClients().nodes().isEmpty());
            assertThat(changes.since(before)).isFalse();

            grid.addNode();
            assertThat(changes.since(before)).isTrue();
        }
    }

    @Test
    void keyWithoutARecordStartsOnceTheGridNoLongerChangesAndOneWithARecordIsKnownMeanwhile() {
        Tally runs = Tally.in(folder);
        try (TestGrid grid = TestGrid.start(folder, 1);
                TaskSession first = session(grid);
                TaskSession second = session(grid)) {
            for (int i = 0; i < KNOWN; i++) {
                assertThat(first.submit("known-" + i, () -> 1).result()).isEqualTo(1);
            }
            HeldExchange exchange = HeldExchange.on(grid.node(0));
            CompletableFuture<Ignite> joining = CompletableFuture.supplyAsync(grid::addNode, BACKGROUND);
            exchange.awaitBegin();

            TaskFuture<Integer> fresh = first.submit("fresh", () -> {
                runs.add();
                return 2;
            });
            for (int i = 0; i < KNOWN; i++) { // one after another, which gives the fresh task time to run
                assertThat(second.submit("known-" + i, () -> 0).result()).isEqualTo(1);
            }
            assertThat(runs.count()).isZero();

            exchange.goOn();
            assertThat(fresh.result()).isEqualTo(2);
            assertThat(runs.count()).isEqualTo(1);
            joining.join();
        }
    }

    @Test
    void whatIsNotFoundIsAskedForAgainUntilTheGridNoLongerChangesAndWhatIsThereIsRead() {
        try (TestGrid grid = TestGrid.start(folder, 1);
                TaskSession session = session(grid)) {
            assertThat(session.submit("known", () -> 1).result()).isEqualTo(1);
            Records records = Records.of(grid.node(0));
            HeldExchange exchange = HeldExchange.on(grid.node(0));
            CompletableFuture<Ignite> joining = CompletableFuture.supplyAsync(grid::addNode, BACKGROUND);
            exchange.awaitBegin();

            CompletableFuture<Map<String, byte[]>> absent =
                    CompletableFuture.supplyAsync(() -> records.read(Set.of("absent")), BACKGROUND);
            CompletableFuture<KeyStatus> unknown =
                    CompletableFuture.supplyAsync(() -> session.status("unknown"), BACKGROUND);
            for (int i = 0; i < KNOWN; i++) {
                assertThat(records.read(Set.of("known"))).hasSize(1);
            }
            assertThat(absent).isNotDone();
            assertThat(unknown).isNotDone();

            exchange.goOn();
            assertThat(absent.join()).isEmpty();
            assertThat(unknown.join()).isEqualTo(KeyStatus.UNKNOWN);
            joining.join();
        }
    }

    /** Returns whether a server has handled a client's start. */
    private static boolean isReadyFor(Ignite client, Ignite server) {
        return ((IgniteEx) server)
                        .context()
                        .cache()
                        .context()
                        .exchange()
                        .readyAffinityVersion()
                        .topologyVersion()
                >= client.cluster().localNode().order();
    }

    private static TaskSession session(TestGrid grid) {
        return IgniteTaskRunner.builder().ignite(grid.node(0)).build().start();
    }

    /** Holds up the next topology changes on a node before they take effect there. */
    private record HeldExchange(CountDownLatch begun, CountDownLatch mayGoOn) implements PartitionsExchangeAware {
        static HeldExchange on(Ignite node) {
            HeldExchange held = new HeldExchange(new CountDownLatch(1), new CountDownLatch(1));
            ((IgniteEx) node).context().cache().context().exchange().registerExchangeAwareComponent(held);
            return held;
        }

        @Override
        public void onInitBeforeTopologyLock(GridDhtPartitionsExchangeFuture change) {
            begun.countDown();
            waitFor(mayGoOn);
        }

        void awaitBegin() {
            waitFor(begun);
        }

        void goOn() {
            mayGoOn.countDown();
        }

        private static void waitFor(CountDownLatch latch) {
            try {
                assertThat(latch.await(Deadlines.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** Waits until the grid no longer changes, and returns that moment. */
    private static TopologyMonitor.Moment settled(TopologyMonitor changes) {
        await().atMost(Deadlines.PATIENCE).until(() -> !changes.since(changes.now()));
        return changes.now();
    }
}
