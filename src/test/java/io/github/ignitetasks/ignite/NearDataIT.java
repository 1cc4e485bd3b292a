package io.github.ignitetasks.ignite;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.CachePartition;
import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.MappedFutures;
import io.github.ignitetasks.NearData;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.FlowWithoutArgument;
import io.github.ignitetasks.flow.Task;
import io.github.ignitetasks.support.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.configuration.CacheConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of tasks that run beside data. */
final class NearDataIT {
    private static final int KEYS = 300;
    private static final int PARTITIONS = 32;
    private static final String TRADES = "trades";

    /** Tells whether the key's entry is on the node that runs the task, as primary. */
    private static final Task<Integer, Boolean> IS_LOCAL =
            Task.named("is-local").body((Integer key) -> isLocal(key)).near(TRADES, key -> key);

    @TempDir
    private Path folder;

    private TestGrid grid;
    private TaskRunner runner;

    private static boolean isLocal(int key) {
        Ignite ignite = TaskContext.current().orElseThrow().ignite();
        return ignite.affinity(TRADES).isPrimary(ignite.cluster().localNode(), key)
                && ignite.cache(TRADES).localPeek(key) != null;
    }

    private static String here() {
        return TaskContext.current().orElseThrow().node();
    }

    @BeforeEach
    void start() {
        grid = TestGrid.start(folder, 2);
        makeCache(TRADES, 1);
        runner = IgniteTaskRunner.builder().ignite(grid.node(0)).slots(2).build();
    }

    private void makeCache(String name, int backups) {
        Cache<Integer, Integer> cache = grid.node(0)
                .createCache(new CacheConfiguration<Integer, Integer>(name)
                        .setBackups(backups)
                        .setAffinity(new RendezvousAffinityFunction(false, PARTITIONS)));
        for (int key = 0; key < KEYS; key++) {
            cache.put(key, key);
        }
    }

    @AfterEach
    void stop() {
        grid.close();
    }

    private <R> R run(FlowWithoutArgument.Body<R> body) {
        return Flow.named("near").body(body).withTaskRunner(runner).run();
    }

    private static List<Integer> keys() {
        return IntStream.range(0, KEYS).boxed().toList();
    }

    @Test
    void eachTaskRunsOnThePrimaryOfItsKeyAndFollowsIt() {
        MappedNodes before = map();
        assertThat(before.allLocal()).isTrue();
        assertThat(before.nodes()).hasSize(2);

        Ignite third = grid.addNode();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        third.affinity(TRADES).primaryPartitions(third.cluster().localNode()).length > 0);

        MappedNodes after = map();
        assertThat(after.allLocal()).isTrue();
        assertThat(after.nodes()).hasSize(3);
    }

    /** Where tasks ran. */
    private record MappedNodes(boolean allLocal, Set<String> nodes) {}

    private MappedNodes map() {
        return run(run -> {
            MappedFutures<Integer, Boolean> all = run.map(IS_LOCAL, keys());
            return new MappedNodes(
                    all.results().stream().allMatch(local -> local),
                    all.states().stream().map(State::node).collect(Collectors.toSet()));
        });
    }

    @Test
    void tasksThatWaitForTheirNodeLeaveOthersToOtherNodes() {
        Gate gate = new Gate(folder.resolve("gate").toFile());
        try (TaskSession session = runner.start()) {
            int key = keyOn(grid.node(1));
            List<TaskFuture<String>> bound = IntStream.range(0, 20)
                    .mapToObj(i -> session.submit(
                            "bound-" + i,
                            () -> {
                                gate.pass();
                                return here();
                            },
                            CallOptions.none().near(NearData.key(TRADES, key))))
                    .toList();
            List<TaskFuture<Integer>> free = IntStream.range(0, 100)
                    .mapToObj(i -> session.submit("free-" + i, () -> i))
                    .toList();

            assertThat(TaskFutures.waitAll(free, PATIENCE).notDone()).isEmpty();
            assertThat(bound).noneMatch(TaskFuture::isDone);
            gate.open();

            assertThat(TaskFuture.all(bound).result(PATIENCE)).containsOnly(name(grid.node(1)));
        }
    }

    @Test
    void waitingTasksFollowTheirDataWhenItsNodeLeaves() {
        Gate gate = new Gate(folder.resolve("gate").toFile());
        try (TaskSession session = runner.start()) {
            int key = keyOn(grid.node(1));
            List<TaskFuture<Boolean>> bound = IntStream.range(0, 20)
                    .mapToObj(i -> session.submit(
                            "bound-" + i,
                            () -> {
                                gate.pass();
                                return isLocal(key);
                            },
                            CallOptions.none().near(NearData.key(TRADES, key))))
                    .toList();

            grid.node(1).close();
            gate.open();

            assertThat(TaskFuture.all(bound).result(PATIENCE)).containsOnly(true);
        }
    }

    @Test
    void partitionStaysWhileItsTaskRuns() throws InterruptedException {
        String cache = "without-backups";
        makeCache(cache, 0);
        Gate begun = new Gate(folder.resolve("begun").toFile());
        Gate go = new Gate(folder.resolve("go").toFile());
        try (TaskSession session = runner.start()) {
            List<TaskFuture<Long>> counts = IntStream.range(0, 2)
                    .mapToObj(i -> session.submit(
                            "count-" + i,
                            () -> {
                                begun.open();
                                go.pass();
                                return entries(new CachePartition<>(cache, 0));
                            },
                            CallOptions.none().near(NearData.partition(cache, 0))))
                    .toList();
            begun.pass();
            for (int i = 0; i < 3; i++) {
                Ignite more = grid.addNode();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> more.affinity(cache)
                                        .primaryPartitions(more.cluster().localNode())
                                        .length
                                > 0);
            }
            go.open();

            long expected = keys().stream()
                    .filter(key -> grid.node(0).affinity(cache).partition(key) == 0)
                    .count();
            assertThat(counts.get(0).result(PATIENCE)).isEqualTo(expected).isPositive();
        }
    }

    private static long entries(CachePartition<Integer, Integer> partition) {
        try (Stream<Cache.Entry<Integer, Integer>> entries = partition.entries()) {
            return entries.count();
        }
    }

    @Test
    void eachPartitionIsReadOnceBesideIt() {
        Task<CachePartition<Integer, Integer>, Long> sum = Task.named("sum").body(partition -> {
            Ignite ignite = TaskContext.current().orElseThrow().ignite();
            assertThat(ignite.affinity(TRADES)
                            .primaryPartitions(ignite.cluster().localNode()))
                    .contains(partition.number());
            try (Stream<Cache.Entry<Integer, Integer>> entries = partition.entries()) {
                return entries.mapToLong(Cache.Entry::getValue).sum();
            }
        });

        List<Long> sums = run(run -> run.mapPartitions(TRADES, sum).results());

        assertThat(sums).hasSize(PARTITIONS);
        assertThat(sums.stream().mapToLong(Long::longValue).sum()).isEqualTo((KEYS - 1L) * KEYS / 2);
    }

    @Test
    void unknownPlacesAreRefusedByName() {
        run(run -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run.submit(IS_LOCAL.near("traeds", key -> key), 1))
                    .withMessageContaining("there is no cache 'traeds' on the grid; its caches are [trades]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run.submit(IS_LOCAL.nearPartition(TRADES, key -> PARTITIONS), 1))
                    .withMessageContaining("partition must be below 32");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run.submit(IS_LOCAL, run.submit("one", () -> 1)))
                    .withMessageContaining("placed by its argument");
            return run.id();
        });
    }

    private int keyOn(Ignite node) {
        return keys().stream()
                .filter(key ->
                        grid.node(0).affinity(TRADES).isPrimary(node.cluster().localNode(), key))
                .findFirst()
                .orElseThrow();
    }

    private static String name(Ignite node) {
        return node.cluster().localNode().consistentId().toString();
    }
}
