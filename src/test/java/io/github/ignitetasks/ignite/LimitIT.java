package io.github.ignitetasks.ignite;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.protocol.PermitRecord;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.RunLog;
import io.github.ignitetasks.support.WorkPlaces;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.affinity.Affinity;
import org.apache.ignite.cluster.ClusterNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of limits that hold for all processes of a grid. */
@TestInstance(Lifecycle.PER_CLASS)
final class LimitIT {
    private static final int NODES = 3;
    private static final int SLOTS = 3;
    private static final CallOptions NONE = CallOptions.none();

    private final AtomicInteger keys = new AtomicInteger();

    private Cluster cluster;
    private TaskSession one;
    private TaskSession two;

    @BeforeAll
    void start() {
        cluster =
                LocalCluster.builder().nodes(NODES).slotsPerNode(SLOTS).build().start();
        one = session();
        two = session();
    }

    private TaskSession session() {
        return IgniteTaskRunner.builder()
                .cluster(cluster)
                .clientConfiguration(client -> client.setClientFailureDetectionTimeout(PATIENCE.toMillis()))
                .build()
                .start();
    }

    @AfterAll
    void close() {
        one.close(PATIENCE);
        two.close(PATIENCE);
        cluster.close();
    }

    /** Waits for all nodes, and for the backups of the records. */
    @BeforeEach
    void awaitNodes() {
        Ignite client = client();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            Affinity<Object> affinity = client.affinity(RecordCache.NAME);
            List<ClusterNode> nodes = List.copyOf(client.cluster().forServers().nodes());
            return nodes.size() == NODES
                    && nodes.stream().allMatch(node -> affinity.primaryPartitions(node).length > 0);
        });
    }

    private static Ignite client() {
        return Ignition.allGrids().get(0);
    }

    private <R> List<TaskFuture<R>> submit(TaskSession session, int calls, TaskCall<R> call, CallOptions options) {
        List<TaskFuture<R>> futures = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            futures.add(session.submit("limited-call-" + keys.getAndIncrement(), call, options));
        }
        return futures;
    }

    /** A call that has a place for a moment, and returns its process. */
    private static TaskCall<Long> shortWork(WorkPlaces places) {
        return () -> {
            try (FileLock place = places.take()) {
                Thread.sleep(place.isValid() ? 2 : 0); // long enough for one call too many to come meanwhile
                return ProcessHandle.current().pid();
            }
        };
    }

    private static <R> Set<R> results(List<TaskFuture<R>> futures) {
        return new HashSet<>(TaskFuture.all(futures).result(PATIENCE));
    }

    private static void awaitNoRecord(String limit) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !client().cache(RecordCache.NAME).containsKey(PermitRecord.key(limit)));
    }

    private static Set<Long> processes() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(toSet());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void noMoreCallsThanTheLimitAreAtWorkInAllProcesses(int limit, @TempDir Path folder) {
        TaskCall<Long> work = shortWork(WorkPlaces.in(folder, limit));
        String name = "short-" + limit;
        CallOptions limited = NONE.limit(name, limit);

        List<TaskFuture<Long>> all = submit(one, 200, work, limited);
        all.addAll(submit(two, 200, work, limited));

        assertThat(results(all)).as("processes").hasSizeGreaterThan(1);
        awaitNoRecord(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void permitsOfANodeThatIsKilledGoToOthersAndItsReplacementGetsSome(int limit, @TempDir Path folder) {
        WorkPlaces places = WorkPlaces.in(folder, limit);
        RunLog log = RunLog.in(folder);
        Gate gate = Gate.in(folder);
        Set<Long> before = processes();
        String name = "killed-" + limit;
        CallOptions limited = NONE.limit(name, limit);
        List<TaskFuture<Long>> all = submit(
                one,
                limit,
                () -> {
                    try (FileLock place = places.take()) {
                        log.add(ProcessHandle.current().pid() + "");
                        gate.pass();
                        return place.isValid() ? 1L : 0L;
                    }
                },
                limited);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> folder.resolve("runs").toFile().exists() && runs(log) == limit);
        all.addAll(submit(two, 100, shortWork(places), limited));
        String holder = log.runs().keySet().iterator().next();

        kill(ProcessHandle.of(Long.parseLong(holder)).orElseThrow());
        gate.open();

        assertThat(results(all)).isNotEmpty();
        assertThat(runs(log)).as("runs of the calls that held the permits").isGreaterThan(limit);
        awaitNoRecord(name);
        awaitNodes();
        CallOptions joined = NONE.limit("joined-" + limit, NODES);
        TaskCall<Long> work = shortWork(WorkPlaces.in(folder, NODES));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> results(submit(one, 30, work, joined)).stream().anyMatch(pid -> !before.contains(pid)));
    }

    private static void kill(ProcessHandle process) {
        assertThat(process.destroyForcibly()).isTrue();
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    private static long runs(RunLog log) {
        return log.runs().values().stream().mapToLong(Long::longValue).sum();
    }
}
