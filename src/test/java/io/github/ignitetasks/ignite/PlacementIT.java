package io.github.ignitetasks.ignite;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Requirements;
import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskFutures;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.client.GridBackend;
import io.github.ignitetasks.internal.connect.OpenGrid;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.worker.SessionSettings;
import io.github.ignitetasks.support.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests of what calls require of nodes and of the grid, on three nodes of this JVM. */
@TestInstance(Lifecycle.PER_CLASS)
final class PlacementIT {
    private static final CallOptions NONE = CallOptions.none();
    private static final String GPU = Requirements.RESOURCE_ATTRIBUTE + "gpu";

    private static final AtomicInteger KEYS = new AtomicInteger();
    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();
    private static final Queue<String> ORDER = new ConcurrentLinkedQueue<>();

    private TestGrid grid;
    private String zoneA;
    private TaskSession session;
    private TaskSession other;

    @BeforeAll
    void start(@TempDir Path folder) {
        grid = TestGrid.start(folder.resolve("grid"), 1, configuration -> declare(configuration, Map.of("zone", "a")));
        grid.addNode(configuration -> declare(configuration, Map.of("zone", "b", GPU, 2)));
        grid.addNode(configuration -> declare(configuration, Map.of("zone", "b", GPU, "1")));
        zoneA = name(0);
        session = runner().start();
        other = runner().start();
    }

    private IgniteTaskRunner runner() {
        return IgniteTaskRunner.builder().ignite(grid.node(0)).slots(4).build();
    }

    private static void declare(IgniteConfiguration configuration, Map<String, ?> attributes) {
        Map<String, Object> all = new HashMap<>(attributes);
        all.putAll(Optional.<Map<String, ?>>ofNullable(configuration.getUserAttributes())
                .orElse(Map.of()));
        configuration.setUserAttributes(all);
    }

    private String name(int node) {
        return grid.node(node).cluster().localNode().consistentId().toString();
    }

    @BeforeEach
    void reset() {
        MOST.set(0);
        ORDER.clear();
    }

    @AfterAll
    void close() {
        session.close(PATIENCE);
        other.close(PATIENCE);
        grid.close();
    }

    private static String key() {
        return "key-" + KEYS.incrementAndGet();
    }

    private static String here() {
        return TaskContext.current().orElseThrow().node();
    }

    /** Notes how many calls run at a time, and takes long enough for another one to start meanwhile. */
    private static String counted() throws InterruptedException {
        int now = RUNNING.incrementAndGet();
        MOST.accumulateAndGet(now, Math::max);
        Thread.sleep(5);
        RUNNING.decrementAndGet();
        return here();
    }

    private static <R> List<TaskFuture<R>> many(int number, Supplier<TaskFuture<R>> submit) {
        List<TaskFuture<R>> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(submit.get());
        }
        return all;
    }

    private static <R> Set<R> results(List<TaskFuture<R>> futures) {
        return new HashSet<>(TaskFuture.all(futures).result(PATIENCE));
    }

    @Test
    void callsRunOnNodesWithTheAttributeAlone() {
        CallOptions inZoneB = NONE.onNodes("zone", "b");

        assertThat(results(many(100, () -> session.submit(key(), PlacementIT::here, NONE.onNodes("zone", "a")))))
                .containsExactly(zoneA);
        assertThat(results(many(100, () -> session.submit(key(), PlacementIT::counted, inZoneB))))
                .containsExactlyInAnyOrder(name(1), name(2));
    }

    @Test
    void callsNeverNeedMoreOfAResourceThanTheirNodeHas() {
        CallOptions gpu = NONE.requires("gpu", 1);
        List<TaskFuture<String>> all = many(30, () -> session.submit(key(), PlacementIT::counted, gpu));
        all.addAll(many(30, () -> other.submit(key(), PlacementIT::counted, gpu)));

        assertThat(results(all)).containsExactlyInAnyOrder(name(1), name(2));
        assertThat(MOST.get()).isBetween(2, 3);
    }

    @Test
    void callThatNeedsAllOfAResourceRunsWhereThereIsEnough() {
        List<TaskFuture<String>> all =
                many(20, () -> session.submit(key(), PlacementIT::counted, NONE.requires("gpu", 2)));

        assertThat(results(all)).containsExactly(name(1));
        assertThat(MOST).hasValue(1);
    }

    @Test
    void noMoreCallsThanTheLimitRunOnTheWholeGrid() {
        CallOptions limited = NONE.limit("db", 2);
        List<TaskFuture<String>> all = many(60, () -> session.submit(key(), PlacementIT::counted, limited));
        all.addAll(many(60, () -> other.submit(key(), PlacementIT::counted, limited)));

        assertThat(TaskFuture.all(all).result(PATIENCE)).hasSize(120);
        assertThat(MOST).hasValue(2);
    }

    @Test
    void callsThatWaitForAPermitDoNotHoldUpOthers(@TempDir Path gates) {
        Gate gate = Gate.in(gates);
        CallOptions limited = NONE.limit("one", 1);
        TaskCall<String> stand = () -> {
            gate.pass();
            return here();
        };
        List<TaskFuture<String>> standing = many(200, () -> session.submit(key(), stand, limited));

        assertThat(TaskFuture.all(many(300, () -> session.submit(key(), PlacementIT::here, NONE)))
                        .result(PATIENCE))
                .hasSize(300);
        gate.open();
        assertThat(TaskFuture.all(standing).result(PATIENCE)).hasSize(200);
    }

    @Test
    void callOfTwoLimitsTakesBothPermits() {
        CallOptions both = NONE.limit("left", 1).limit("right", 1);
        List<TaskFuture<String>> all = many(10, () -> session.submit(key(), PlacementIT::counted, both));
        all.addAll(many(10, () -> other.submit(key(), PlacementIT::counted, NONE.limit("right", 1))));

        assertThat(TaskFuture.all(all).result(PATIENCE)).hasSize(20);
        assertThat(MOST).hasValue(1);
    }

    @Test
    void retriesAndFailuresGiveTheirPermitsBack() {
        CallOptions limited = NONE.limit("failing", 1).withRetries(1, Duration.ofMillis(1));
        TaskCall<String> failing = () -> {
            throw new IllegalStateException("thrown on purpose");
        };
        List<TaskFuture<String>> all = many(10, () -> session.submit(key(), failing, limited));

        assertThat(TaskFutures.waitAll(all, PATIENCE).notDone()).isEmpty();
        assertThat(all).allSatisfy(future -> assertThat(future.await().type()).isEqualTo(StateType.FAILED));
    }

    @Test
    void cancelledCallThatWaitsForAPermitEnds(@TempDir Path gates) {
        Gate gate = Gate.in(gates);
        CallOptions limited = NONE.limit("cancelled", 1);
        List<TaskFuture<Integer>> all = many(
                10,
                () -> session.submit(
                        key(),
                        () -> {
                            gate.pass();
                            return 1;
                        },
                        limited));

        all.subList(1, 10).forEach(TaskFuture::cancel);

        assertThat(all.subList(1, 10))
                .allSatisfy(future ->
                        assertThat(future.await(PATIENCE).map(State::type)).isPresent());
        gate.open();
        assertThat(all.get(0).await(PATIENCE)).isPresent();
    }

    @Test
    void callOfAHigherPriorityStartsFirst(@TempDir Path folder) {
        Gate gate = Gate.in(folder);
        try (TestGrid one = TestGrid.start(folder.resolve("one"), 1);
                TaskSession ordered = IgniteTaskRunner.builder()
                        .ignite(one.node(0))
                        .slots(1)
                        .build()
                        .start()) {
            List<TaskFuture<Integer>> all = new ArrayList<>();
            all.add(ordered.submit(key(), () -> {
                gate.pass();
                return 1;
            }));
            for (int i = 0; i < 20; i++) {
                all.add(ordered.submit(key(), noting("low"), NONE.withPriority(-1)));
            }
            for (int i = 0; i < 5; i++) {
                all.add(ordered.submit(key(), noting("high"), NONE.withPriority(1)));
            }
            gate.open();

            assertThat(TaskFuture.all(all).result(PATIENCE)).hasSize(26);
        }
        List<String> order = List.copyOf(ORDER);
        // a few of low priority were sent ahead of the slot, and each eighth call is the oldest
        assertThat(order.lastIndexOf("high")).as("in %s", order).isLessThan(12);
    }

    private static TaskCall<Integer> noting(String what) {
        return () -> {
            ORDER.add(what);
            return 1;
        };
    }

    @Test
    void callThatNoNodeCanRunIsRefusedWithTheReasonAfterATime() {
        OpenGrid open = new OpenGrid(grid.node(0), "a grid", false, false, Optional.empty(), () -> {});
        EventStream events = new EventStream();
        SessionSettings settings = new SessionSettings(4, CallOptions.FOREVER, 64 << 10);
        GridBackend backend = new GridBackend("impatient", open, settings, Duration.ofMillis(400), events);
        try (TaskSession impatient = new KeyedSession("impatient", backend, events, SessionLimits.standard())) {
            TaskFuture<Integer> nowhere = impatient.submit(key(), () -> 1, NONE.requires("gpu", 3));
            TaskFuture<Integer> possible = impatient.submit(key(), () -> 2, NONE.requires("gpu", 2));

            State<Integer> refused = nowhere.await(PATIENCE).orElseThrow();

            assertThat(refused.type()).isEqualTo(StateType.CRASHED);
            assertThat(refused.describe())
                    .contains("resource gpu=3", "none has joined for 0.4 s", name(1) + " has resource gpu=2");
            assertThat(possible.result(PATIENCE)).isEqualTo(2);
        }
    }

    @Test
    void callWaitsForANodeThatHasWhatItRequires() {
        TaskFuture<String> waiting = session.submit(key(), PlacementIT::here, NONE.onNodes("zone", "late"));
        assertThat(waiting.await(Duration.ofMillis(300))).isEmpty();

        grid.addNode(configuration -> declare(configuration, Map.of("zone", "late")));

        assertThat(waiting.result(PATIENCE)).isEqualTo(name(3));
    }

    @Test
    void taskSubmitsCallsWithRequirementsFromANode() {
        TaskFuture<String> nested = session.submit(
                key(),
                () -> TaskContext.current()
                        .orElseThrow()
                        .session()
                        .submit(
                                key() + "-nested",
                                PlacementIT::here,
                                CallOptions.none().onNodes("zone", "a"))
                        .result());

        assertThat(nested.result(PATIENCE)).isEqualTo(zoneA);
    }

    @Test
    void limitsLeaveNoRecordBehind() {
        session.submit(key(), () -> 1, NONE.limit("short", 1)).result(PATIENCE);

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> grid.node(0).cache(RecordCache.NAME).get("\u0000limit/short") == null);
    }
}
