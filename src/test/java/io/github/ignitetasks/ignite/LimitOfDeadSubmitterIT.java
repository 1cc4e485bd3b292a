package io.github.ignitetasks.ignite;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.protocol.PermitRecord;
import io.github.ignitetasks.internal.worker.NodeWorker;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.LimitedMain;
import io.github.ignitetasks.support.RunLog;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a limit whose calls a session submitted that no longer exists. */
final class LimitOfDeadSubmitterIT {
    private static final int CLIENT_FAILURE_DETECTION_MILLIS = 3_000;
    private static final String LIMIT = "dead";

    @Test
    void callsOfASubmitterThatDiesLeaveNoPermitBehind(@TempDir Path folder) {
        Gate gate = Gate.in(folder);
        RunLog log = RunLog.in(folder);
        try (TestGrid grid = TestGrid.start(
                        folder.resolve("grid"),
                        2,
                        node -> node.setClientFailureDetectionTimeout(CLIENT_FAILURE_DETECTION_MILLIS));
                TaskSession living =
                        IgniteTaskRunner.builder().ignite(grid.node(0)).build().start()) {
            try (ChildJvm submitter = ChildJvm.start(LimitedMain.class, folder.toString(), grid.address(), LIMIT)) {
                submitter.awaitLine("all out");
                awaitInFlight(grid, 2); // one runs, and the next one waits beside it
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> folder.resolve("runs").toFile().exists());
                submitter.kill();
            }
            awaitInFlight(grid, 1); // the call that waited is dropped
            List<TaskFuture<Integer>> waiting = IntStream.range(0, 20)
                    .mapToObj(number -> living.submit(
                            "living-" + number, () -> 1, CallOptions.none().limit(LIMIT, 1)))
                    .toList();

            gate.open();

            assertThat(TaskFuture.all(waiting).result(PATIENCE)).hasSize(20);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !grid.node(0).cache(RecordCache.NAME).containsKey(PermitRecord.key(LIMIT)));
        }
        assertThat(log.runs()).as("calls of the dead submitter that ran").containsEntry("limited", 1L);
    }

    private static void awaitInFlight(TestGrid grid, int number) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> grid.nodes().stream()
                                .mapToInt(node -> NodeWorker.of(node).inFlight())
                                .sum(),
                        inFlight -> inFlight == number);
    }
}
