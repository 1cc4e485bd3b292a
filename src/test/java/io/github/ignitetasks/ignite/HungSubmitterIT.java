package io.github.ignitetasks.ignite;

import static io.github.ignitetasks.support.SubmitterMain.SLOTS;
import static io.github.ignitetasks.support.SubmitterMain.SLOW;
import static io.github.ignitetasks.support.SubmitterMain.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.node.NodeDrain;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.RunLog;
import io.github.ignitetasks.support.SubmitterMain;
import java.nio.file.Path;
import java.util.Map;
import org.apache.ignite.Ignition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a grid whose submitter hangs. */
final class HungSubmitterIT {
    private static final int SERVERS = 2;

    @TempDir
    private Path folder;

    @Test
    void nodeThatRetiresDoesNotWaitForItAndLosesNothing() {
        RunLog log = RunLog.in(folder);
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), SERVERS);
                ChildJvm submitter = ChildJvm.start(SubmitterMain.class, folder.toString(), grid.address())) {
            submitter.awaitLine("all out");
            Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> slowRuns(log) == SERVERS * SLOTS);

            submitter.signal("STOP");
            Gate.in(folder).open();

            assertThat(NodeDrain.drain(grid.node(1), Deadlines.PATIENCE)).isTrue();
            assertThat(grid.node(0).cluster().forClients().nodes())
                    .as("nobody knows yet whether it is dead")
                    .hasSize(1);
            Ignition.stop(grid.node(1).name(), true);
            submitter.signal("CONT");
            try (TaskSession other =
                    IgniteTaskRunner.builder().ignite(grid.node(0)).build().start()) {
                assertThat(TaskFuture.all(submit(other, folder, "slow", SLOW, "other"))
                                .result(Deadlines.PATIENCE))
                        .hasSize(SLOW);
            }
            submitter.kill();
        }
        Map<String, Long> runs = log.runs();
        runs.remove("retried-0"); // the submitter retries this key
        assertThat(runs).allSatisfy((key, times) -> assertThat(times).as(key).isEqualTo(1));
    }

    private static long slowRuns(RunLog log) {
        return log.runs().keySet().stream()
                .filter(key -> key.startsWith("slow"))
                .count();
    }
}
