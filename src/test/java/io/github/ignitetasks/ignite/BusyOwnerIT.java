package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.worker.NodeWorker;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of calls whose owner has no free slot while another node has one. */
final class BusyOwnerIT {
    /** Whether a node had its next call while another call ran there. The nodes are in this JVM. */
    private static final AtomicBoolean AHEAD = new AtomicBoolean();

    private static final int CALLS = 400;
    private static final int LONGER_CALLS = 60;
    private static final int SLOTS = 16;

    @TempDir
    private Path folder;

    @Test
    void nodeThatHelpsHasItsNextCallBeforeTheOneThatRunsHasEnded() throws InterruptedException {
        AHEAD.set(false);
        Gate begun = new Gate(folder.resolve("begun").toFile());
        Gate end = new Gate(folder.resolve("end").toFile());
        Gate all = new Gate(folder.resolve("all").toFile());
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 2);
                TaskSession session = IgniteTaskRunner.builder()
                        .ignite(grid.node(0))
                        .slots(1)
                        .build()
                        .start()) {
            Ignite helper = grid.node(1);
            awaitOwnership(helper);
            Iterator<String> keys = keysOwnedBy(grid.node(0));
            TaskFuture<Boolean> busy = session.submit(keys.next(), () -> {
                begun.open();
                return passed(end);
            });
            begun.pass();
            TaskFuture<Boolean> helped = session.submit(keys.next(), () -> passed(all));
            TaskFuture<Boolean> waitsAtOwner = session.submit(keys.next(), () -> true);
            String name = helper.name();
            TaskFuture<Boolean> one = session.submit(keys.next(), () -> seesAnother(name));
            TaskFuture<Boolean> other = session.submit(keys.next(), () -> seesAnother(name));

            all.open();

            assertThat(helped.result(Deadlines.PATIENCE)).isTrue();
            assertThat(one.result(Deadlines.PATIENCE)).isTrue();
            assertThat(other.result(Deadlines.PATIENCE)).isTrue();
            assertThat(busy.state()).isEmpty();
            end.open();
            assertThat(waitsAtOwner.result(Deadlines.PATIENCE)).isTrue();
        }
    }

    @Test
    void idleNodeGetsHalfOfTheCallsThatAreLongerThanThoseBefore() {
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 2);
                TaskSession session = IgniteTaskRunner.builder()
                        .ignite(grid.node(0))
                        .slots(1)
                        .build()
                        .start()) {
            awaitOwnership(grid.node(1));
            Iterator<String> keys = keysOwnedBy(grid.node(0));
            TaskFutures.waitAll(Stream.generate(() -> session.submit(keys.next(), () -> true))
                    .limit(CALLS)
                    .toList()); // so the session expects short calls, and sends the owner many ahead

            List<TaskFuture<Boolean>> futures = Stream.generate(
                            () -> session.submit(keys.next(), BusyOwnerIT::sleepsLonger))
                    .limit(LONGER_CALLS)
                    .toList();

            TaskFutures.waitAll(futures);
            String helper = grid.node(1).cluster().localNode().consistentId().toString();
            assertThat(futures)
                    .filteredOn(future -> future.state().orElseThrow().node().equals(helper))
                    .hasSizeGreaterThan(LONGER_CALLS / 4);
        }
    }

    @Test
    void fullCommonPoolHoldsUpNeitherClaimsNorRecordsNorReleases() {
        Tally runs = Tally.in(folder);
        Gate go = Gate.in(folder);
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 2);
                TaskSession session = IgniteTaskRunner.builder()
                        .ignite(grid.node(0))
                        .slots(SLOTS)
                        .build()
                        .start()) {
            Ignite helper = grid.node(1);
            awaitOwnership(helper);
            Iterator<String> owned = keysOwnedBy(helper);
            List<String> keys = Stream.generate(owned::next).limit(CALLS).toList();
            CountDownLatch end = new CountDownLatch(1);
            fillCommonPool(end);
            try {
                List<TaskFuture<Boolean>> futures = keys.stream()
                        .map(key -> session.submit(key, () -> countedAndPassed(runs, go)))
                        .toList();
                TaskFuture<List<Boolean>> all = TaskFuture.all(futures);
                runs.await(2 * SLOTS); // both nodes run calls, although one owns all keys
                go.open();

                assertThat(all.result(Deadlines.PATIENCE)).hasSize(CALLS);
                assertThat(futures)
                        .extracting(future -> future.state().orElseThrow().node())
                        .contains(grid.node(0)
                                .cluster()
                                .localNode()
                                .consistentId()
                                .toString());
                assertThat(all.release()).isTrue();
            } finally {
                end.countDown();
            }
        }
    }

    /** Takes longer than calls take to move, and less long than after which a session takes a node for stuck. */
    private static boolean sleepsLonger() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(20);
        return true;
    }

    /** Blocks all threads of the common pool of the nodes' JVM, which is this one, until a latch opens. */
    private static void fillCommonPool(CountDownLatch end) {
        for (int left = ForkJoinPool.getCommonPoolParallelism(); left > 0; left--) {
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private static boolean countedAndPassed(Tally runs, Gate gate) throws InterruptedException {
        runs.add();
        return passed(gate);
    }

    /** Waits until a node owns its share of the partitions. After that, partitions do not move. */
    private static void awaitOwnership(Ignite node) {
        Records records = Records.of(node);
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> !records.primaryPartitions().isEmpty());
    }

    private static Iterator<String> keysOwnedBy(Ignite node) {
        Records records = Records.of(node);
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "key-" + i)
                .filter(key -> records.isPrimary(key))
                .iterator();
    }

    private static boolean passed(Gate gate) throws InterruptedException {
        gate.pass();
        return true;
    }

    /** Waits until a node has had two calls at a time. Fails if that takes too long. */
    private static boolean seesAnother(String node) {
        NodeWorker worker = NodeWorker.of(Ignition.ignite(node));
        Awaitility.await().atMost(Deadlines.PATIENCE.dividedBy(2)).until(() -> {
            AHEAD.compareAndSet(false, worker.inFlight() > 1);
            return AHEAD.get();
        });
        return true;
    }
}
