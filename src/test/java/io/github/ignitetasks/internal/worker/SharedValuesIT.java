package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.protocol.Records;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests what a node without the record of a shared value asks the grid for. */
@TestInstance(Lifecycle.PER_CLASS)
final class SharedValuesIT {
    private static final int LARGE = 4 << 20;

    private final TestGrid grid;
    private final Records records;
    private final TaskSession session;

    SharedValuesIT(@TempDir Path folder) {
        this.grid = TestGrid.start(folder, 3);
        this.records = Records.of(grid.node(0));
        this.session = IgniteTaskRunner.builder().ignite(grid.node(0)).build().start();
    }

    @AfterAll
    void close() {
        session.close();
        grid.close();
    }

    @Test
    void valueComesToANodeOnce() {
        TaskFuture<byte[]> value = session.share("once", new byte[LARGE]);
        Ignite node = nodeWithout(value.key());
        long before = receivedBy(node);
        Iterator<String> keys = keysOf(node, "once-use-");

        List<String> nodes = IntStream.range(0, 20)
                .mapToObj(number -> session.submit(
                                keys.next(),
                                () -> TaskContext.current().orElseThrow().node() + value.result().length)
                        .result(Deadlines.PATIENCE))
                .filter(name ->
                        name.equals(node.cluster().localNode().consistentId().toString() + LARGE))
                .toList();

        assertThat(nodes).as("uses on the node").hasSizeGreaterThan(2);
        assertThat(receivedBy(node) - before).isBetween((long) LARGE, (long) LARGE + LARGE / 2);
    }

    @Test
    void valueThatAnotherSessionReleasedIsGoneSoon() {
        // of another node than the session's, which would otherwise have the whole record and put it back
        String key = keysOf(grid.node(1), "released-").next();
        TaskFuture<byte[]> value = session.share(key, new byte[LARGE]);
        Iterator<String> keys = keysOf(nodeWithout(value.key()), "released-use-");
        assertThat(session.submit(keys.next(), () -> value.result().length).result(Deadlines.PATIENCE))
                .isEqualTo(LARGE);
        try (TaskSession other =
                IgniteTaskRunner.builder().ignite(grid.node(1)).build().start()) {
            assertThat(other.release(value.key())).isTrue();
        }

        await().atMost(Deadlines.PATIENCE).untilAsserted(() -> {
            State<Integer> late = session.submit(keys.next(), () -> value.result().length)
                    .await(Deadlines.PATIENCE)
                    .orElseThrow();
            assertThat(late.type()).isEqualTo(StateType.NOT_READY);
        });
    }

    private Ignite nodeWithout(String key) {
        assertThat(session.await(key, Deadlines.PATIENCE)).get().matches(State::isCompleted);
        List<UUID> having =
                records.primaryAndBackups(key).stream().map(ClusterNode::id).toList();
        return IntStream.range(0, 3)
                .mapToObj(grid::node)
                .filter(node -> !having.contains(node.cluster().localNode().id()))
                .findFirst()
                .orElseThrow();
    }

    /** Returns keys that this node owns. */
    private Iterator<String> keysOf(Ignite node, String prefix) {
        UUID id = node.cluster().localNode().id();
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> prefix + number)
                .filter(key -> id.equals(requireNonNull(records.primary(key)).id()))
                .iterator();
    }

    private static long receivedBy(Ignite node) {
        return node.configuration().getCommunicationSpi().getReceivedBytesCount();
    }
}
