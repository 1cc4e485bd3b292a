package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.protocol.PermitRecord;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.support.CapturedLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.internal.IgniteEx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the parts that nodes have of a limit, with the record of a real node. */
@TestInstance(Lifecycle.PER_CLASS)
final class GridLimitIT {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);

    private TestGrid grid;
    private Records records;
    private Timer timer;

    private final Semaphore reads = new Semaphore(0);

    /** Runs before the grid gets the next request that removes a record. */
    private final AtomicReference<Runnable> beforeRemove = new AtomicReference<>(() -> {});

    @BeforeAll
    void start(@TempDir Path folder) {
        grid = TestGrid.start(folder, 1);
        records = Records.of(watched(IgniteEx.class, (IgniteEx) grid.node(0)));
    }

    @AfterAll
    void close() {
        grid.close();
    }

    @BeforeEach
    void startTimer() {
        timer = new Timer("limits");
    }

    @AfterEach
    void closeTimer() {
        timer.close();
    }

    /** Returns an object that passes all calls on, and tells of reads and, before it, of a removal. */
    private <T> T watched(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                GridLimitIT.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("removeAsync")) {
                        beforeRemove.getAndSet(() -> {}).run();
                    } else if (method.getName().equals("getAsync")) {
                        reads.release();
                    }
                    try {
                        Object answer = method.invoke(target, arguments);
                        return answer instanceof IgniteCache<?, ?> cache ? watched(IgniteCache.class, cache) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** A node with one call after another. */
    private final class Node {
        private final BlockingQueue<String> retries = new LinkedBlockingQueue<>();
        private final GridLimit limit;

        /** Runs whenever the node says that calls may try again, before it looks at the record. */
        private volatile Runnable onRetry = () -> {};

        Node(String name, UUID id) {
            limit = new GridLimit(name, id, other -> true, records, timer, () -> 1, this::retry);
        }

        private void retry() {
            retries.add("now");
            onRetry.run();
        }

        /** Takes a permit as a call does that waits: it tries whenever the node says so. */
        void take(int most) throws InterruptedException {
            long deadline = System.nanoTime() + Deadlines.PATIENCE.toNanos();
            while (!limit.tryTake(most)) {
                assertThat(retries.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS))
                        .isNotNull();
            }
        }
    }

    private void awaitNoRecord(String name) {
        await().atMost(Deadlines.PATIENCE).until(() -> records.find(PermitRecord.key(name)) == null);
    }

    @Test
    void callThatComesWhileTheLastPermitGoesBackGetsOne() throws Exception {
        Node node = new Node("late", ONE);
        node.take(1);
        BlockingQueue<Boolean> late = new LinkedBlockingQueue<>();
        beforeRemove.set(() -> {
            node.retries.clear();
            late.add(node.limit.tryTake(1));
        });

        node.limit.giveBack();

        assertThat(late.poll(Deadlines.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isFalse();
        assertThat(node.retries.poll(Deadlines.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("the node tells that the call may try again")
                .isNotNull();
        node.take(1);
        node.limit.giveBack();
        awaitNoRecord("late");
    }

    @Test
    void nodeWhoseCallsFollowEachOtherGivesItsPermitToAnother() throws Exception {
        Node busy = new Node("busy", ONE);
        Node other = new Node("busy", TWO);
        busy.take(1);
        CountDownLatch otherHasIt = new CountDownLatch(1);
        other.onRetry = () -> {
            if (otherHasIt.getCount() > 0 && other.limit.tryTake(1)) {
                otherHasIt.countDown();
            }
        };
        other.onRetry.run();

        boolean isNextAtWork = true;
        for (int calls = 0; isNextAtWork; calls++) {
            assertThat(calls).isLessThan(500);
            reads.drainPermits();
            assertThat(reads.tryAcquire(Deadlines.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("a node looks while the call runs")
                    .isTrue();
            synchronized (busy.limit) { // nothing comes between the end of a call and the start of the next
                busy.limit.giveBack();
                isNextAtWork = busy.limit.tryTake(1);
            }
        }
        assertThat(otherHasIt.await(Deadlines.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();

        other.limit.giveBack();
        awaitNoRecord("busy");
    }

    @Test
    void callThatLentItsSlotLeavesOtherPermitsToTheCallForWhichItWaits() throws Exception {
        Node node = new Node("nested", ONE);
        for (int calls = 0; calls < 4; calls++) {
            node.take(4);
        }
        for (int calls = 0; calls < 4; calls++) {
            node.limit.giveBack();
        }
        awaitNoRecord("nested");
    }

    @Test
    void damagedRecordGivesNoPermitsAndIsLoggedOnce() throws Exception {
        IgniteCache<String, byte[]> cache = grid.node(0).cache(RecordCache.NAME);
        String key = PermitRecord.key("damaged");
        cache.put(key, new byte[] {'L', -1, -1, -1, -1});
        Node node = new Node("damaged", ONE);
        try (CapturedLog log = CapturedLog.of(GridLimit.class)) {
            assertThat(node.limit.tryTake(1)).isFalse();
            for (int looks = 0; looks < 3; looks++) {
                assertThat(node.retries.poll(Deadlines.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isNotNull();
                assertThat(node.limit.tryTake(1)).isFalse();
            }
            assertThat(log.messages().stream().filter(line -> line.contains("is damaged")))
                    .hasSize(1);
        }

        cache.remove(key);

        node.take(1);
        node.limit.giveBack();
        awaitNoRecord("damaged");
    }
}
