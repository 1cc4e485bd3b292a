package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.TestCluster;
import io.github.ignitetasks.internal.connect.ClientNode;
import io.github.ignitetasks.internal.worker.NodeWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tests that sessions leave only records on a node that they did not start. */
final class LeftBehindIT {
    private static final Cluster CLUSTER = TestCluster.start();

    @AfterAll
    static void close() {
        CLUSTER.close();
    }

    @Test
    void sessionsThatCloseAsSoonAsTheirTaskHasEndedLeaveNoJob() {
        Ignite ignite = CLUSTER.ignite().orElseThrow();
        TaskRunner runner = IgniteTaskRunner.builder().ignite(ignite).slots(1).build();

        IntStream.range(0, 50).forEach(number -> {
            try (TaskSession session = runner.start()) {
                session.submit("brief-" + number, () -> 1).result();
            }
        });

        awaitNoJobs(ignite);
    }

    @Test
    void sessionThatClosesWhileManyThreadsSubmitEndsEveryFutureAndLeavesNoJob() throws InterruptedException {
        Ignite ignite = CLUSTER.ignite().orElseThrow();
        TaskRunner runner = IgniteTaskRunner.builder().ignite(ignite).slots(2).build();
        for (int round = 0; round < 5; round++) {
            TaskSession session = runner.start();
            Queue<TaskFuture<Integer>> accepted = new ConcurrentLinkedQueue<>();
            CountDownLatch some = new CountDownLatch(20);
            List<Thread> submitters = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String prefix = "storm-" + round + "-" + i + "-";
                Thread submitter = new Thread(() -> submitUntilClosed(session, prefix, accepted, some));
                submitter.start();
                submitters.add(submitter);
            }
            some.await();

            session.close(Duration.ofMillis(round));

            for (Thread submitter : submitters) {
                submitter.join();
            }
            assertThat(accepted).allSatisfy(future -> assertThat(future.state()).isPresent());
        }
        awaitNoJobs(ignite);
    }

    private static void submitUntilClosed(
            TaskSession session, String prefix, Queue<TaskFuture<Integer>> accepted, CountDownLatch some) {
        try {
            for (int i = 0; ; i++) {
                accepted.add(session.submit(prefix + i, () -> 1));
                some.countDown();
            }
        } catch (IllegalStateException e) {
            // the session has closed
        }
    }

    @Test
    void sessionWhoseClientNodeStopsAsksForNoSlotsAnyMore() {
        NodeWorker worker = NodeWorker.of(CLUSTER.ignite().orElseThrow());
        int before = worker.slots();
        ClientNode client = ClientNode.join(List.of(CLUSTER.address()), configuration -> {});
        TaskSession wide = IgniteTaskRunner.builder()
                .ignite(client.ignite())
                .slots(before + 5)
                .build()
                .start();
        wide.submit("wide", () -> 1).result(Deadlines.PATIENCE);
        assertThat(worker.slots()).isEqualTo(before + 5);

        client.close();

        Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> worker.slots() == before);
        wide.close();
    }

    private static void awaitNoJobs(Ignite ignite) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> ignite.compute().activeTaskFutures().isEmpty());
    }
}
