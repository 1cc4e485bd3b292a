package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.execution.CallNotRunException;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests what a node reads, and what it keeps, of the upstreams of a call. */
@TestInstance(Lifecycle.PER_CLASS)
final class UpstreamReaderIT {
    private static final int LARGE = 4 << 20;

    private final TestGrid grid;
    private final TaskSession session;
    private final UpstreamReader reader;

    UpstreamReaderIT(@TempDir Path folder) {
        this.grid = TestGrid.start(folder, 1);
        Ignite node = grid.node(0);
        this.session = IgniteTaskRunner.builder().ignite(node).build().start();
        this.reader = new UpstreamReader(Records.of(node));
    }

    @AfterAll
    void close() {
        session.close();
        grid.close();
    }

    @Test
    void recordsOfManySmallUpstreamsAreKeptWhole() throws Exception {
        List<String> keys = run(1_300, 10, "small-");

        assertThat(reader.read(keys)).containsOnlyKeys(keys);
        assertThat(reader.read(keys).values()).noneMatch(StateRecord::isHead);
    }

    @Test
    void ofLargeUpstreamsALimitedNumberOfBytesIsKept() throws Exception {
        List<String> keys = run(20, LARGE, "large-");
        Collection<byte[]> kept = reader.read(keys).values();

        assertThat(kept).hasSize(20);
        assertThat(kept.stream().mapToLong(record -> record.length).sum())
                .isBetween(UpstreamReader.MAX_KEPT, UpstreamReader.MAX_KEPT + LARGE + (20 << 10));
        assertThat(kept).anyMatch(StateRecord::isHead);
    }

    @Test
    void resultOfOneUpstreamIsKeptWholeHoweverLargeItIs() throws Exception {
        List<String> keys = run(1, (int) UpstreamReader.MAX_KEPT + LARGE, "huge-");

        assertThat(reader.read(keys).values()).noneMatch(StateRecord::isHead);
    }

    @Test
    void upstreamsWithoutARecordAreNamed() {
        List<String> keys = new ArrayList<>(run(20, 10, "there-"));
        keys.add("gone");

        assertThatExceptionOfType(CallNotRunException.class)
                .isThrownBy(() -> reader.read(keys))
                .withMessageContaining("upstreams=[gone]");
    }

    /** Runs tasks with results of this size, and returns their keys. */
    private List<String> run(int tasks, int bytes, String prefix) {
        List<TaskFuture<byte[]>> futures = IntStream.range(0, tasks)
                .mapToObj(number -> session.submit(prefix + number, () -> new byte[bytes]))
                .toList();
        assertThat(TaskFutures.waitAll(futures, Deadlines.PATIENCE).notDone()).isEmpty();
        return futures.stream().map(TaskFuture::key).toList();
    }
}
