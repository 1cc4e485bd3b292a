package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.worker.InFlight;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of tasks that run while nodes join or leave the grid. */
final class JoiningNodesIT {
    private static final int KEYS = 40;

    @TempDir
    private Path folder;

    @Test
    void keysThatRunAreJoinedWhateverNodeOwnsThem() {
        Tally runs = Tally.in(folder);
        Gate go = Gate.in(folder);
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 1)) {
            TaskRunner runner =
                    IgniteTaskRunner.builder().ignite(grid.node(0)).slots(KEYS).build();
            try (TaskSession before = runner.start();
                    TaskSession after = runner.start()) {
                List<TaskFuture<Integer>> first = submit(before, runs, go, 1);
                runs.await(KEYS);
                Ignite joined = grid.addNode();
                awaitOwnership(joined);

                List<TaskFuture<Integer>> second = submit(after, runs, go, 2);
                InFlight.awaitSessions(2, second, List.of(grid.node(0)));
                assertThat(second).noneMatch(TaskFuture::isDone);
                go.open();

                assertThat(TaskFuture.all(second).result(Deadlines.PATIENCE)).containsOnly(1);
                assertThat(TaskFuture.all(first).result(Deadlines.PATIENCE)).containsOnly(1);
            }
        }
        assertThat(runs.count()).isEqualTo(KEYS);
    }

    @Test
    void cancelFollowsAKeyToTheNodeThatRunsIt() {
        Tally runs = Tally.in(folder);
        Gate go = Gate.in(folder);
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 1)) {
            TaskRunner runner =
                    IgniteTaskRunner.builder().ignite(grid.node(0)).slots(KEYS).build();
            try (TaskSession before = runner.start();
                    TaskSession after = runner.start()) {
                List<TaskFuture<Integer>> kept = submit(before, runs, go, 1);
                runs.await(KEYS);
                awaitOwnership(grid.addNode());

                List<TaskFuture<Integer>> dropped = new ArrayList<>();
                for (int i = 0; i < KEYS; i++) {
                    TaskFuture<Integer> future = after.submit("key-" + i, () -> 2);
                    assertThat(future.cancel()).isTrue();
                    dropped.add(future);
                }

                assertThat(dropped)
                        .allSatisfy(future -> assertThat(future.await(Deadlines.PATIENCE))
                                .map(State::type)
                                .contains(StateType.CANCELLED));
                go.open();
                assertThat(TaskFuture.all(kept).result(Deadlines.PATIENCE)).containsOnly(1);
            }
        }
    }

    @Test
    void keysOfANodeThatStopsRunElsewhere() {
        Tally runs = Tally.in(folder);
        Gate go = Gate.in(folder);
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 2)) {
            TaskRunner runner =
                    IgniteTaskRunner.builder().ignite(grid.node(0)).slots(KEYS).build();
            try (TaskSession session = runner.start()) {
                List<TaskFuture<Integer>> all = submit(session, runs, go, 1);
                runs.await(KEYS);

                Ignition.stop(grid.node(1).name(), true);
                go.open();

                assertThat(TaskFuture.all(all).result(Deadlines.PATIENCE)).containsOnly(1);
            }
        }
        assertThat(runs.count()).isGreaterThan(KEYS);
    }

    private static List<TaskFuture<Integer>> submit(TaskSession session, Tally runs, Gate go, int result) {
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            futures.add(session.submit("key-" + i, () -> {
                runs.add();
                go.pass();
                return result;
            }));
        }
        return futures;
    }

    /** Waits until a node owns some of the keys. */
    private static void awaitOwnership(Ignite node) {
        Records records = Records.of(node);
        Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> {
            for (int i = 0; i < KEYS; i++) {
                if (node.cluster().localNode().equals(records.primary("key-" + i))) {
                    return true;
                }
            }
            return false;
        });
    }
}
