package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.client.OtherVersions;
import io.github.ignitetasks.internal.node.Protocol;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.protocol.RemoveState;
import io.github.ignitetasks.internal.worker.LaterMessages;
import io.github.ignitetasks.support.CapturedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.processor.EntryProcessorException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.Ignition;
import org.apache.ignite.util.AttributeNodeFilter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of sessions, servers and records of different versions of this library. */
final class VersionsIT {
    private static final int KEYS = 20;

    /** The time for which a client without usable servers keeps its calls, minus the grace of 10 s. */
    private static final int SHORT_MILLIS = 3_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "2, 'update this library here, to the version that the servers have'",
        "0, 'update this library on those servers, to the version that is used here'"
    })
    void sessionFailsAtStartIfAllServersHaveAnotherVersionAndNamesTheSideToUpdate(int version, String remedy) {
        try (TestGrid grid =
                TestGrid.start(folder, 2, node -> node.setUserAttributes(Map.of(Protocol.ATTRIBUTE, version)))) {
            assertThatIllegalStateException()
                    .isThrownBy(runner(grid)::start)
                    .withMessageContaining(name(grid.node(0)))
                    .withMessageContaining(name(grid.node(1)))
                    .withMessageContaining("has version " + version)
                    .withMessageContaining("this library here speaks version 1 of the messages")
                    .withMessageContaining(remedy)
                    .withMessageNotContaining("does not have this library");
            assertThat(grid.node(0).cacheNames()).isEmpty();
        }
    }

    @Test
    void sessionUsesTheServersOfItsVersionAndNamesEachOtherOneOnce() {
        try (CapturedLog log = CapturedLog.of(OtherVersions.class);
                TestGrid grid = TestGrid.start(folder, 1)) {
            UUID here = grid.node(0).cluster().localNode().id();
            Ignite second = addNode(grid, Map.of(Protocol.ATTRIBUTE, 2));
            try (TaskSession session = runner(grid).start()) {
                assertThat(nodes(session, "first")).containsExactly(here);
                assertThat(log.messages())
                        .singleElement()
                        .satisfies(message -> assertThat(message)
                                .contains("does not use 1 of", name(second), "has version 2", "speaks version 1"));

                Ignite third = addNode(grid, Map.of(Protocol.ATTRIBUTE, 3));

                Awaitility.await()
                        .atMost(Deadlines.PATIENCE)
                        .until(() -> log.messages().size() > 1);
                assertThat(nodes(session, "second")).containsExactly(here);
                assertThat(log.messages())
                        .hasSize(2)
                        .last()
                        .satisfies(message -> assertThat(message)
                                .contains("does not use 1 of", name(third), "has version 3")
                                .doesNotContain(name(second)));
            }
        }
    }

    @Test
    void callsWaitForAServerOfTheirVersionAndThenEndNamingTheVersionThatIsThere() {
        try (TestGrid grid = TestGrid.start(folder, 1)) {
            IgniteTaskRunner runner = IgniteTaskRunner.builder()
                    .address(grid.address())
                    .clientConfiguration(client -> client.setClientFailureDetectionTimeout(SHORT_MILLIS))
                    .build();
            try (TaskSession session = runner.start()) {
                Ignite other = addNode(grid, Map.of(Protocol.ATTRIBUTE, 2));
                Ignition.stop(grid.node(0).name(), true);

                TaskFuture<Integer> future = session.submit("waits", () -> 1);

                State<Integer> state = future.await(Deadlines.PATIENCE).orElseThrow();
                assertThat(state).isInstanceOf(State.Crashed.class);
                assertThat(state.describe())
                        .contains("no server of the grid has a version of this library that works")
                        .contains(name(other))
                        .contains("has version 2");
            }
        }
    }

    @Test
    void sessionFailsAtStartIfTheRecordsBelongToAnotherVersion() {
        try (TestGrid grid = TestGrid.start(folder, 1)) {
            Ignite other = addNode(grid, Map.of(Protocol.ATTRIBUTE, 2));
            other.createCache(
                    RecordCache.configuration().setNodeFilter(new AttributeNodeFilter(Protocol.ATTRIBUTE, 2)));

            assertThatIllegalStateException()
                    .isThrownBy(runner(grid)::start)
                    .withMessageContaining("the records of the grid belong to another version of this library")
                    .withMessageContaining(name(other))
                    .withMessageContaining("has version 2");
        }
    }

    @Test
    void keyWithARecordOfALaterVersionIsCrashedAndKeepsIt() {
        byte[] later = {-2, 7, 7, 7};
        try (TestGrid grid = TestGrid.start(folder, 2);
                TaskSession session = runner(grid).start()) {
            IgniteCache<String, byte[]> records = grid.node(0).cache(RecordCache.NAME);
            for (int i = 0; i < KEYS; i++) {
                String key = "later-" + i;
                records.put(key, later);

                assertThat(session.status(key)).isEqualTo(KeyStatus.NOT_COMPLETED);
                TaskFuture<Integer> future = session.submit(key, () -> 1);
                TaskFuture<Integer> dependent = session.submit("after-" + key, () -> future.result() + 1);
                State<Integer> state = future.await(Deadlines.PATIENCE).orElseThrow();
                assertThat(state).isInstanceOf(State.Crashed.class);
                assertThat(state.describe())
                        .contains("later version")
                        .contains("version 2)")
                        .contains("up to 1");
                assertThat(dependent.await(Deadlines.PATIENCE).orElseThrow()).isInstanceOf(State.NotReady.class);
                assertThat(session.release(key)).as("forgets the future").isTrue();
                assertThat(session.release(key))
                        .as("finds nothing else to forget")
                        .isFalse();
                assertThat(records.get(key)).isEqualTo(later);
            }
        }
    }

    @Test
    void sessionWarnsOfServersThatMayWriteLaterRecordsAndUsesThem() {
        try (CapturedLog log = CapturedLog.of(OtherVersions.class);
                TestGrid grid = TestGrid.start(
                        folder,
                        1,
                        node -> node.setUserAttributes(Map.of(Protocol.ATTRIBUTE, 1, Protocol.RECORDS_ATTRIBUTE, 2)));
                TaskSession session = runner(grid).start()) {
            assertThat(nodes(session, "used")).hasSize(1);
            assertThat(log.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message)
                            .contains(
                                    "cannot read records of later versions than 1",
                                    name(grid.node(0)),
                                    "has version 2"));
        }
    }

    @Test
    void nodeRefusesAnEntryProcessorOfALaterVersionNamingBothVersions() {
        try (TestGrid grid = TestGrid.start(folder, 2);
                TaskSession session = runner(grid).start()) {
            assertThat(nodes(session, "key")).isNotEmpty();
            IgniteCache<String, byte[]> records = grid.node(0).cache(RecordCache.NAME);

            for (int i = 0; i < KEYS; i++) {
                String key = "key-" + i;
                assertThatExceptionOfType(EntryProcessorException.class)
                        .isThrownBy(() -> records.invoke(key, LaterMessages.ofVersion(RemoveState.any(), 2)))
                        .withStackTraceContaining(
                                "a removal is of version 2 of the messages, and this library reads versions up to 1");
                assertThat(session.status(key)).isEqualTo(KeyStatus.COMPLETED);
            }
        }
    }

    /** Runs some calls, and returns the ids of the nodes that ran them. */
    private static Set<UUID> nodes(TaskSession session, String name) {
        List<TaskFuture<UUID>> futures = IntStream.range(0, KEYS)
                .mapToObj(i -> session.submit(
                        name + "-" + i,
                        () -> Ignition.localIgnite().cluster().localNode().id()))
                .toList();
        return futures.stream().map(future -> future.result(Deadlines.PATIENCE)).collect(Collectors.toSet());
    }

    private static Ignite addNode(TestGrid grid, Map<String, Integer> attributes) {
        return grid.addNode(node -> node.setUserAttributes(attributes));
    }

    private static String name(Ignite node) {
        return "'" + node.cluster().localNode().consistentId() + "'";
    }

    private static IgniteTaskRunner runner(TestGrid grid) {
        return IgniteTaskRunner.builder().address(grid.address()).build();
    }
}
