package io.github.ignitetasks.ignite;

import static io.github.ignitetasks.support.SubmitterMain.FAST;
import static io.github.ignitetasks.support.SubmitterMain.QUEUED;
import static io.github.ignitetasks.support.SubmitterMain.RETRIED;
import static io.github.ignitetasks.support.SubmitterMain.SLOTS;
import static io.github.ignitetasks.support.SubmitterMain.SLOW;
import static io.github.ignitetasks.support.SubmitterMain.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.worker.InFlight;
import io.github.ignitetasks.internal.worker.NodeWorker;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.RunLog;
import io.github.ignitetasks.support.SubmitterMain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of tasks whose session no longer exists. */
final class DyingSubmitterIT {
    private static final int CLIENT_FAILURE_DETECTION_MILLIS = 5_000;
    private static final int SERVERS = 2;
    private static final int RUNNING = SERVERS * SLOTS;
    private static final int JOINED = 3;

    @TempDir
    private Path folder;

    private TestGrid grid;
    private TaskSession living;

    @BeforeEach
    void start() {
        grid = TestGrid.start(
                folder.resolve("grid"),
                SERVERS,
                node -> node.setClientFailureDetectionTimeout(CLIENT_FAILURE_DETECTION_MILLIS));
        living = runner().start();
    }

    @AfterEach
    void stop() {
        Gate.in(folder).open();
        living.close(Deadlines.GLIMPSE);
        grid.close();
    }

    @Test
    void tasksOfASubmitterThatIsKilledAreSharedJoinedOrRunAnew() {
        RunLog log = RunLog.in(folder);
        try (ChildJvm submitter = ChildJvm.start(SubmitterMain.class, folder.toString(), grid.address())) {
            submitter.awaitLine("all out");
            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .until(() -> log.runs().keySet().stream()
                                    .filter(key -> key.startsWith("slow"))
                                    .count()
                            == RUNNING);
            await(inFlight -> inFlight > RETRIED + RUNNING + JOINED);
            List<TaskFuture<String>> joined = submit(living, folder, "queued", JOINED, "living");
            InFlight.awaitSessions(2, joined, grid.nodes()); // both the dead and the living one
            assertThat(joined).noneMatch(TaskFuture::isDone);

            submitter.kill();
            awaitInFlight(RUNNING + JOINED); // started calls stay, and so do calls that a living session waits for

            assertThat(results(submit(living, folder, "fast", FAST, "living"))).containsOnly("dead");
            List<TaskFuture<String>> slow = submit(living, folder, "slow", SLOW, "living");
            Set<String> started = log.runs().keySet();
            InFlight.awaitSessions(
                    1,
                    slow.stream()
                            .filter(future -> started.contains(future.key()))
                            .toList(),
                    grid.nodes());
            assertThat(slow).noneMatch(TaskFuture::isDone);
            Gate.in(folder).open();
            assertThat(results(slow)).filteredOn("dead"::equals).hasSize(RUNNING);
            assertThat(results(joined)).containsOnly("living");
        }
        assertThat(log.runs()).hasSize(FAST + RETRIED + SLOW + JOINED);
        assertThat(results(submit(living, folder, "queued", QUEUED, "living"))).containsOnly("living");
        Map<String, Long> runs = log.runs();
        assertThat(runs).hasSize(FAST + RETRIED + SLOW + QUEUED);
        assertThat(runs.values()).containsOnly(1L);
        assertThat(results(submit(living, folder, "retried", RETRIED, "living")))
                .containsOnly("living");
        awaitInFlight(0);
    }

    private void awaitInFlight(int number) {
        await(inFlight -> inFlight == number);
    }

    private void await(Predicate<Integer> inFlight) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(
                        () -> NodeWorker.of(grid.node(0)).inFlight()
                                + NodeWorker.of(grid.node(1)).inFlight(),
                        inFlight);
    }

    private TaskRunner runner() {
        return IgniteTaskRunner.builder().ignite(grid.node(0)).slots(SLOTS).build();
    }

    private static List<String> results(List<TaskFuture<String>> futures) {
        return TaskFuture.all(futures).result(Deadlines.PATIENCE);
    }
}
