package io.github.ignitetasks.internal.worker;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.compat.TopologyMonitor;
import io.github.ignitetasks.internal.node.NodeDrain;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.support.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.CacheInterceptorAdapter;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.internal.GridTopic;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.cache.GridCacheContext;
import org.apache.ignite.internal.processors.cache.distributed.dht.atomic.GridNearAtomicAbstractUpdateRequest;
import org.apache.ignite.internal.util.GridSpinReadWriteLock;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a server that leaves in the middle of a request of other nodes. */
final class LeavingServerIT {
    private static final int KEYS = 40;
    private static final Duration LONG = Duration.ofDays(1);

    @TempDir
    private static Path folder;

    private static TestGrid grid;

    private Ignite leaver;
    private Records others;

    /** Keys whose primary node is the leaver and whose backup is the asking node, because that node answers first. */
    private List<String> keys;

    @BeforeAll
    static void startGrid() {
        grid = TestGrid.start(
                folder,
                2,
                node -> node.setCacheConfiguration(RecordCache.configuration().setInterceptor(new StopHalfway())));
    }

    @AfterAll
    static void stopGrid() {
        grid.close();
    }

    @BeforeEach
    void addServer() {
        leaver = grid.addNode();
        others = Records.of(grid.node(0));
        await().atMost(Deadlines.PATIENCE).until(() -> primaryKeys().count() >= KEYS && knowsBackups(grid.node(0)));
        keys = primaryKeys().limit(KEYS).sorted().toList();
    }

    /** Returns whether a node knows that rebalancing has finished. Only then can a partial answer look complete. */
    private static boolean knowsBackups(Ignite node) {
        GridCacheContext<?, ?> records = ((IgniteEx) node)
                .context()
                .cache()
                .internalCache(RecordCache.NAME)
                .context();
        return records.topology().rebalanceFinished(records.shared().exchange().readyAffinityVersion());
    }

    private Stream<String> primaryKeys() {
        List<ClusterNode> keepers =
                List.of(leaver.cluster().localNode(), grid.node(0).cluster().localNode());
        return IntStream.range(0, 100 * KEYS)
                .mapToObj(number -> leaver.name() + "-" + number)
                .filter(key -> keepers.equals(List.copyOf(others.primaryAndBackups(key))));
    }

    @Test
    void statesAreSaidToBeWrittenOnlyIfAllAre() {
        SortedMap<String, byte[]> states =
                new TreeMap<>(keys.stream().collect(toMap(identity(), key -> new byte[] {'X', 1})));
        BatchWriter writer =
                new BatchWriter(others, new MemoryPressure(grid.node(0), others), ForkJoinPool.commonPool());

        boolean said = isSaidAfterHalf(() -> writer.putAll(states, LONG), nothing -> true);

        assertThat(!said || others.read(states.keySet()).size() == KEYS).isTrue();
    }

    @Test
    void claimsAreSaidToBeWrittenOnlyIfAllAre() {
        ClaimRecord claim = ClaimRecord.of(grid.node(0).cluster().localNode().id(), List.of());
        TreeMap<String, byte[]> claims = new TreeMap<>(keys.stream().collect(toMap(identity(), key -> claim.bytes())));
        CompletableFuture<Void> moved = new CompletableFuture<>();
        NodeWorker.of(leaver).owned().acquire(() -> moved.complete(null), moved::completeExceptionally);
        moved.orTimeout(Deadlines.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

        boolean said = isSaidAfterHalf(
                () -> others.atPrimaries(claims.navigableKeySet(), new ClaimIfFree(claim)),
                answers -> answers.values().stream().allMatch(answer -> claim.isIn(answer.get())));

        assertThat(!said || others.read(claims.keySet()).size() == KEYS).isTrue();
    }

    @Test
    void serverThatIsDrainedBeforeItsFirstCallRunsNone() {
        Ignite stays = grid.node(0);
        NodeDrain.drain(leaver, Duration.ofSeconds(10));
        try (TaskSession session =
                IgniteTaskRunner.builder().ignite(stays).build().start()) {
            Map<String, TaskFuture<Integer>> futures =
                    keys.stream().collect(toMap(identity(), key -> session.submit(key, () -> 1)));

            assertThat(futures.values())
                    .extracting(future ->
                            future.await(Deadlines.PATIENCE).orElseThrow().node())
                    .isNotEmpty()
                    .doesNotContain(leaver.cluster().localNode().consistentId().toString());
        } finally {
            Ignition.stop(leaver.name(), true);
        }
    }

    @Test
    void callThatAServerRefusesBecauseItLeavesRunsOnceThatHasLeft() throws InterruptedException {
        Gate begun = new Gate(folder.resolve(leaver.name() + "-begun").toFile());
        Gate end = new Gate(folder.resolve(leaver.name() + "-end").toFile());
        try (TaskSession session =
                IgniteTaskRunner.builder().ignite(grid.node(0)).slots(1).build().start()) {
            session.submit(keys.get(0), () -> {
                begun.open();
                end.pass();
                return 0;
            });
            begun.pass();
            StopHalfway.begin((IgniteEx) leaver);
            AtomicInteger asked = countUpdatesAskedOf((IgniteEx) leaver);

            TaskFuture<Integer> helped = session.submit(keys.get(1), () -> 1); // another node asks the leaver for it
            await().atMost(Deadlines.PATIENCE).until(() -> asked.get() >= 2); // the first request was refused
            assertThat(helped.isDone()).isFalse();

            end.open();
            Ignition.stop(leaver.name(), true);
            assertThat(helped.result(Deadlines.PATIENCE)).isEqualTo(1);
        }
    }

    /** Counts the update requests that other nodes send to this node from now on. */
    private static AtomicInteger countUpdatesAskedOf(IgniteEx node) {
        AtomicInteger asked = new AtomicInteger();
        node.context().io().addMessageListener(GridTopic.TOPIC_CACHE, (sender, message, policy) -> {
            if (message instanceof GridNearAtomicAbstractUpdateRequest) {
                asked.incrementAndGet();
            }
        });
        return asked;
    }

    /**
     * Asks the question, and makes the leaver begin to stop after half of the writes and then end. Returns whether the
     * answer reports success and the grid had not changed by then.
     */
    private <T> boolean isSaidAfterHalf(Supplier<IgniteFuture<T>> question, Predicate<T> isDone) {
        CompletableFuture<Boolean> said = new CompletableFuture<>();
        TopologyMonitor.Moment before = others.changes().now();
        StopHalfway.prepare(leaver);
        new AsyncGrid(Runnable::run)
                .ask(
                        question,
                        answer -> said.complete(
                                isDone.test(answer) && !others.changes().since(before)),
                        problem -> said.complete(false));
        StopHalfway.await();
        assertThat(StopHalfway.writes())
                .as("keys that the leaver wrote, of " + KEYS)
                .isEqualTo(KEYS / 2);
        boolean isSaid =
                said.completeOnTimeout(false, 1, TimeUnit.SECONDS).join(); // the answer may wait for the leaver's end
        Ignition.stop(leaver.name(), true);
        return isSaid;
    }

    /** An interceptor that begins to stop a node once that node has written half of the keys. */
    private static final class StopHalfway extends CacheInterceptorAdapter<String, byte[]> {
        private static final long serialVersionUID = 1L;

        private static final AtomicInteger WRITES = new AtomicInteger();
        private static volatile @Nullable Ignite leaver;
        private static volatile CompletableFuture<Void> begun = new CompletableFuture<>();

        @IgniteInstanceResource
        private transient @Nullable Ignite ignite;

        static void prepare(Ignite node) {
            begun = new CompletableFuture<>();
            WRITES.set(0);
            leaver = node;
        }

        static void await() {
            begun.orTimeout(Deadlines.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }

        /** Returns the number of keys that the leaver has written or begun to write. */
        static int writes() {
            return WRITES.get();
        }

        @Override
        public byte[] onBeforePut(Cache.Entry<String, byte[]> entry, byte[] value) {
            Ignite node = leaver;
            if (node == ignite && node instanceof IgniteEx stopping && WRITES.incrementAndGet() == KEYS / 2) {
                Thread stop = new Thread(() -> begin(stopping), "stop-halfway");
                stop.start();
                while (!isWaitingForWrites(stop)) { // the stop waits for this write, and lets no other begin
                    Thread.onSpinWait();
                }
            }
            return value;
        }

        private static boolean isWaitingForWrites(Thread stop) {
            return stop.getState() == Thread.State.TIMED_WAITING
                    && Stream.of(stop.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(GridSpinReadWriteLock.class.getName()));
        }

        private static void begin(IgniteEx node) {
            node.context()
                    .cache()
                    .internalCache(RecordCache.NAME)
                    .context()
                    .group()
                    .offheap()
                    .onKernalStop();
            begun.complete(null);
        }
    }
}
