package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of killing several nodes of a cluster at the same time. Their records and claims are lost. */
@TestInstance(Lifecycle.PER_CLASS)
final class KilledNodesIT {
    private static final int NODES = 3;
    private static final int SLOTS_PER_NODE = 2;

    /** As many calls as there are slots. */
    private static final int LONG_CALLS = NODES * SLOTS_PER_NODE;

    /** Enough calls that each partition of the records has some. */
    private static final int SHORT_CALLS = 5_000;

    /** The time limit for a wait during which nodes are replaced. */
    private static final Duration PATIENCE = Deadlines.PATIENCE.multipliedBy(2);

    private final AtomicInteger count = new AtomicInteger();

    private Cluster cluster;
    private TaskSession session;

    @BeforeAll
    void start() {
        cluster = LocalCluster.builder()
                .nodes(NODES)
                .slotsPerNode(SLOTS_PER_NODE)
                .build()
                .start();
        session = IgniteTaskRunner.builder()
                .cluster(cluster)
                .clientConfiguration(client -> client.setClientFailureDetectionTimeout(PATIENCE.toMillis()))
                .build()
                .start();
    }

    @AfterAll
    void close() {
        session.close(Deadlines.PATIENCE);
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, NODES})
    void sessionGoesOnAndAllTasksAreCompleted(int killed, @TempDir Path folder) {
        Tally runs = Tally.in(folder);
        Gate go = Gate.in(folder);
        Awaitility.await().atMost(PATIENCE).until(() -> cluster.nodes() == NODES);
        List<ProcessHandle> processes = processes();
        List<TaskFuture<Integer>> underWay = submit(LONG_CALLS, () -> {
            runs.add();
            go.pass();
            return 1;
        });
        runs.await(LONG_CALLS);

        processes
                .subList(0, killed)
                .forEach(process -> assertThat(process.destroyForcibly()).isTrue());

        List<TaskFuture<Integer>> meanwhile = submit(SHORT_CALLS, () -> 1);
        go.open();
        assertThat(TaskFuture.all(underWay).result(PATIENCE)).hasSize(LONG_CALLS);
        assertThat(TaskFuture.all(meanwhile).result(PATIENCE)).hasSize(SHORT_CALLS);
        Awaitility.await().atMost(PATIENCE).until(() -> cluster.nodes() == NODES);
        assertThat(TaskFuture.all(submit(SHORT_CALLS, () -> 1)).result(PATIENCE))
                .hasSize(SHORT_CALLS);
    }

    private List<TaskFuture<Integer>> submit(int calls, TaskCall<Integer> call) {
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            futures.add(session.submit("key-" + count.getAndIncrement(), call));
        }
        return futures;
    }

    /** Returns the processes of the cluster's nodes. */
    private List<ProcessHandle> processes() {
        Set<Long> pids = new HashSet<>();
        while (pids.size() < NODES) {
            pids.add(session.submit(
                            "pid-" + count.getAndIncrement(),
                            () -> ProcessHandle.current().pid())
                    .result(PATIENCE));
        }
        return pids.stream().map(pid -> ProcessHandle.of(pid).orElseThrow()).toList();
    }
}
