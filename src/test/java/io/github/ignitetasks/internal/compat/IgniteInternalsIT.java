package io.github.ignitetasks.internal.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.cluster.TestGrid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.lifecycle.LifecycleBean;
import org.apache.ignite.lifecycle.LifecycleEventType;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the library's assumptions about Ignite's internals. A version of Ignite that behaves otherwise fails here. */
final class IgniteInternalsIT {
    /** The size of a data region. Ignite allows no less than 10 MB. */
    private static final long REGION_BYTES = 11 << 20;

    @TempDir
    private static Path folder;

    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    private static TestGrid grid;
    private static Ignite node;

    @BeforeAll
    static void start() {
        grid = TestGrid.start(folder, 1);
        node = grid.node(0);
    }

    @AfterAll
    static void stop() {
        grid.close();
    }

    @Test
    void startedNodeIsNoWrapperAndKnowsItself() {
        NodeInternals internals = NodeInternals.of(node);

        assertThat(NodeInternals.isUnwrapped(node)).isTrue();
        assertThat(internals.localNode()).isEqualTo(node.cluster().localNode());
        assertThat(internals.knows(node.cluster().localNode().id())).isTrue();
        assertThat(internals.knows(UUID.randomUUID())).isFalse();
        assertThat(internals.isStopping()).isFalse();
    }

    @Test
    void primaryReservesAPartitionAndAnotherNodeDoesNot() {
        node.createCache(new CacheConfiguration<Integer, Integer>("reserved"));

        Runnable release = new CacheInternals(node, "reserved").reserve(0).orElseThrow();
        release.run();

        assertThat(new CacheInternals(node, "no such cache").reserve(0)).isEmpty();
        assertThat(new CacheInternals(node, "reserved").reserve(1_000_000)).isEmpty();
        node.destroyCache("reserved");
        assertThat(new CacheInternals(node, "reserved").reserve(0)).isEmpty();
    }

    @Test
    void nodeThatStopsTellsItWhileItStops() {
        AtomicBoolean told = new AtomicBoolean();
        Ignite[] stopping = new Ignite[1];
        LifecycleBean look = event -> {
            if (event == LifecycleEventType.BEFORE_NODE_STOP) {
                NodeInternals internals = NodeInternals.of(stopping[0]);
                told.set(internals.isStopping()
                        && internals.knows(internals.localNode().id()));
            }
        };
        stopping[0] = grid.addNode(configuration -> configuration.setLifecycleBeans(look));

        assertThat(NodeInternals.stopGracefully(stopping[0])).isTrue();
        assertThat(told).isTrue();
        assertThat(NodeInternals.stopGracefully(stopping[0])).isFalse();
    }

    @Test
    void objectGetsTheResourcesThatItAsksFor() throws Exception {
        Asking asking = new Asking();

        NodeInternals.of(node).inject(asking);

        assertThat(asking.ignite).isSameAs(node);
    }

    /** An object that asks for a resource, as a job does. */
    private static final class Asking {
        @IgniteInstanceResource
        private @Nullable Ignite ignite;
    }

    @Test
    void usedMemoryGrowsWithWhatACacheHolds() {
        IgniteCache<Integer, byte[]> cache = node.getOrCreateCache("growing");
        double before = NodeInternals.of(node).usedMemory().orElseThrow();
        for (int key = 0; key < 64; key++) {
            cache.put(key, new byte[64 << 10]);
        }

        assertThat(NodeInternals.of(node).usedMemory().orElseThrow())
                .isGreaterThan(before)
                .isLessThan(1);
        cache.destroy();
    }

    @Test
    void cacheThatWasDestroyedAndMadeAgainIsReplaced() {
        node.getOrCreateCache("replaced").put(1, 1);
        CacheInternals internals = new CacheInternals(node, "replaced");
        assertThat(internals.isReplaced()).isFalse();

        node.destroyCache("replaced");
        assertThat(internals.isReplaced()).isFalse();
        node.getOrCreateCache("replaced");

        assertThat(internals.isReplaced()).isTrue();
    }

    @Test
    void cacheIsRebalancedOnceANodeThatJoinedHasItsShare() throws Exception {
        IgniteCache<Integer, Integer> cache =
                node.getOrCreateCache(new CacheConfiguration<Integer, Integer>("shared").setBackups(1));
        CacheInternals internals = new CacheInternals(node, "shared");
        await().atMost(Deadlines.PATIENCE).until(internals::isRebalanced);
        cache.put(1, 1);

        Ignite joined = grid.addNode();
        NodeInternals.of(joined).awaitReady(Deadlines.PATIENCE);
        await().atMost(Deadlines.PATIENCE).until(internals::isRebalanced);

        assertThat(node.affinity("shared").mapKeyToPrimaryAndBackups(1)).hasSize(2);
        Ignition.stop(joined.name(), true);
    }

    @Test
    void operationOnANodeThatHasStoppedIsNotTakenForAnInterrupt() {
        Ignite stopped = grid.addNode();
        IgniteCache<Integer, Integer> cache = stopped.getOrCreateCache("left");
        Ignition.stop(stopped.name(), true);

        Throwable problem = catchThrowable(() -> cache.get(1));

        assertThat(IgniteErrors.isNodeStopping(problem)).isTrue();
        assertThat(IgniteErrors.isInterrupt(problem)).isFalse();
        assertThat(IgniteErrors.isOutOfMemory(problem)).isFalse();
    }

    @Test
    void operationOnADestroyedCacheIsThatOfANodeThatStopsOrOfALostGrid() {
        IgniteCache<Integer, Integer> cache = node.getOrCreateCache("destroyed");
        node.destroyCache("destroyed");

        Throwable problem = catchThrowable(() -> cache.get(1));

        assertThat(IgniteErrors.isNodeStopping(problem)).isTrue();
        assertThat(IgniteErrors.isClientDisconnected(problem)).isTrue();
    }

    @Test
    void nodeWhosePortIsTakenTellsSo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Throwable problem = catchThrowable(() -> grid.addNode(configuration ->
                    ((TcpDiscoverySpi) configuration.getDiscoverySpi()).setLocalPort(taken.getLocalPort())));

            assertThat(IgniteErrors.isPortTaken(problem)).isTrue();
            assertThat(IgniteErrors.isPortTaken(new IllegalStateException("another")))
                    .isFalse();
        }
    }

    @Test
    void discoveryTellsTheAddressesOfANodeAndThePortThatIsSet() {
        Ignite joined = grid.addNode();
        TcpDiscoverySpi discovery = (TcpDiscoverySpi) node.configuration().getDiscoverySpi();

        assertThat(discovery.getRemoteNodes())
                .singleElement()
                .satisfies(remote ->
                        assertThat(DiscoveryInternals.addresses(remote)).anyMatch(address -> address.getPort() > 0));
        assertThat(DiscoveryInternals.configuredPort(new TcpDiscoverySpi().setLocalPort(12_345)))
                .isEqualTo(12_345);
        Ignition.stop(joined.name(), true);
    }

    @Test
    void interruptInsideIgniteIsTold() {
        IgniteFuture<Boolean> blocked = node.compute().callAsync(new Blocked());
        Thread.currentThread().interrupt();

        Throwable problem = catchThrowable(() -> blocked.get(1, TimeUnit.HOURS));

        RELEASED.countDown();
        boolean unused = Thread.interrupted(); // Ignite may leave the flag set
        assertThat(IgniteErrors.isInterrupt(problem)).isTrue();
        assertThat(IgniteErrors.isNodeStopping(problem)).isFalse();
        assertThat(blocked.get()).isTrue();
    }

    /** A job that blocks until the test releases it. */
    private record Blocked() implements IgniteCallable<Boolean> {
        @Override
        public Boolean call() throws InterruptedException {
            return RELEASED.await(1, TimeUnit.HOURS);
        }
    }

    @Test
    void recordThatDoesNotFitIsRefusedBeforeItIsWritten() {
        DataRegionConfiguration region = new DataRegionConfiguration();
        region.setInitialSize(REGION_BYTES).setMaxSize(REGION_BYTES);
        Ignite small = Ignition.start(TestGrid.configuration(
                folder.resolve("small"),
                configuration -> configuration.setDataStorageConfiguration(
                        new DataStorageConfiguration().setDefaultDataRegionConfiguration(region))));
        try {
            IgniteCache<Integer, byte[]> cache = small.getOrCreateCache("full");

            Throwable problem = catchThrowable(() -> {
                for (int key = 0; key < 1_000; key++) {
                    cache.put(key, new byte[64 << 10]);
                }
            });

            assertThat(IgniteErrors.isOutOfMemory(problem)).isTrue();
            assertThat(IgniteErrors.isOutOfMemoryBeforeWrite(problem)).isTrue();
            assertThat(NodeInternals.of(small).usedMemory().orElseThrow()).isGreaterThan(0.75);
        } finally {
            Ignition.stop(small.name(), true);
        }
    }

    @Test
    void threadHasTheIgniteThatItIsGivenForAsLong() {
        Ignite found = IgniteThreadContext.with(node, Ignition::localIgnite);

        assertThat(found).isSameAs(node);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(Ignition::localIgnite);
    }

    @Test
    void futureIsCompletedByItsOwner() {
        SettableFuture<Integer> settable = new SettableFuture<>();
        IgniteFuture<Integer> future = settable.future();
        assertThat(future.isDone()).isFalse();

        settable.complete(1);

        assertThat(future.get()).isEqualTo(1);
        assertThat(SettableFuture.completed().isDone()).isTrue();
        assertThat(catchThrowable(() ->
                        SettableFuture.failed(new IllegalStateException("no")).get()))
                .hasMessageContaining("no");
    }
}
