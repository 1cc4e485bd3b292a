package io.github.ignitetasks.ignite;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.support.RunLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.failure.FailureContext;
import org.apache.ignite.failure.FailureType;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.mem.IgniteOutOfMemoryException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of results that exceed the memory of the grid's servers. */
final class FullMemoryIT {
    private static final int RESULT_BYTES = 256 << 10;
    private static final long MEMORY_BYTES = 32L << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void resultsThatDoNotFitAreCrashedAndFitAgainOnceOthersAreReleased(int servers) {
        RunLog runs = RunLog.in(folder);
        AtomicInteger round = new AtomicInteger();
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), servers, FullMemoryIT::configure)) {
            try (TaskSession session = session(grid)) {
                List<TaskFuture<byte[]>> futures = fill(session, "first-", 150 * servers, runs);
                List<TaskFuture<byte[]>> refused = ofType(futures, StateType.CRASHED);
                List<TaskFuture<byte[]>> kept = ofType(futures, StateType.COMPLETED);
                assertThat(refused.size() + kept.size()).isEqualTo(futures.size());
                assertThat(refused)
                        .isNotEmpty()
                        .allSatisfy(future -> assertThat(state(future).describe())
                                .contains("no memory left", "release", "resultTtl", "default data region"));
                assertThat(kept)
                        .isNotEmpty()
                        .allSatisfy(future -> assertThat(future.result()).hasSize(RESULT_BYTES));
                assertThat(keysOnGrid(grid)).isEqualTo(keys(kept));

                kept.forEach(TaskFuture::release);
                // not at once, because the session does not use a full server for a moment
                Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> {
                    String prefix = "round-" + round.incrementAndGet() + "-";
                    return ofType(fill(session, prefix, 20, runs), StateType.COMPLETED)
                                    .size()
                            == 20;
                });
            }
            assertThat(grid.node(0).cluster().forServers().nodes()).hasSize(servers);
            try (TaskSession later = session(grid)) {
                assertThat(ofType(fill(later, "round-" + round.get() + "-", 20, runs), StateType.COMPLETED))
                        .hasSize(20);
            }
        }
        assertThat(runs.runs()).allSatisfy((key, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void nodeThatLacksMemoryInTheMiddleOfAWriteStops() {
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 1, FullMemoryIT::configure)) {
            IgniteEx node = (IgniteEx) grid.node(0);
            Throwable notFromTheLookBefore = new IgniteOutOfMemoryException("Out of memory");
            node.context().failure().process(new FailureContext(FailureType.CRITICAL_ERROR, notFromTheLookBefore));
            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .until(() -> Ignition.state(node.name()) == IgniteState.STOPPED_ON_FAILURE);
        }
    }

    private static List<TaskFuture<byte[]>> fill(TaskSession session, String prefix, int number, RunLog runs) {
        List<TaskFuture<byte[]>> futures = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String key = prefix + i;
            futures.add(session.submit(key, () -> {
                runs.add(key);
                return new byte[RESULT_BYTES];
            }));
        }
        return futures;
    }

    private static List<TaskFuture<byte[]>> ofType(List<TaskFuture<byte[]>> futures, StateType type) {
        return futures.stream().filter(future -> state(future).type() == type).toList();
    }

    private static Set<String> keys(List<TaskFuture<byte[]>> futures) {
        return futures.stream().map(TaskFuture::key).collect(toSet());
    }

    private static Set<String> keysOnGrid(TestGrid grid) {
        Set<String> keys = new HashSet<>();
        for (Cache.Entry<String, byte[]> entry : grid.node(0).<String, byte[]>cache(RecordCache.NAME)) {
            keys.add(entry.getKey() + (StateRecord.isState(entry.getValue()) ? "" : " (a claim)"));
        }
        return keys;
    }

    private static State<byte[]> state(TaskFuture<byte[]> future) {
        return future.await(Deadlines.PATIENCE).orElseThrow();
    }

    private static TaskSession session(TestGrid grid) {
        return IgniteTaskRunner.builder().ignite(grid.node(0)).build().start();
    }

    private static void configure(IgniteConfiguration node) {
        node.getDataStorageConfiguration()
                .getDefaultDataRegionConfiguration()
                .setInitialSize(MEMORY_BYTES)
                .setMaxSize(MEMORY_BYTES);
    }
}
