package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.node.SafeNode;
import io.github.ignitetasks.support.Cut;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.RunLog;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a grid of three servers that is split in two. */
final class PartitionIT {
    private static final int KEYS = 60;

    @TempDir
    private Path folder;

    @Test
    void sideWithoutTheQuorumRefusesAndNoKeyGetsTwoResults() {
        Cut cut = new Cut();
        Gate go = Gate.in(folder);
        Tally started = Tally.in(folder);
        RunLog log = RunLog.in(folder);
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 3, node -> configure(node, cut))) {
            Ignite cutOff = grid.node(2);
            List<State<String>> ofMajority;
            try (TaskSession majority = session(grid.node(0));
                    TaskSession minority = session(cutOff)) {
                List<TaskFuture<String>> runningThere = submit(majority, "running", "majority", started, go, log);
                List<TaskFuture<String>> runningHere = submit(minority, "running", "minority", started, go, log);
                started.await(KEYS);
                cut.make(List.of(cutOff));
                go.open();
                List<TaskFuture<String>> freshThere = submit(majority, "fresh", "majority", started, go, log);
                List<TaskFuture<String>> freshHere = submit(minority, "fresh", "minority", started, go, log);

                assertThat(states(freshHere)).allSatisfy(PartitionIT::isRefused);
                assertThat(states(runningHere)).allSatisfy(PartitionIT::isRefused);
                ofMajority = states(runningThere);
                ofMajority.addAll(states(freshThere));
                assertThat(ofMajority).extracting(State::type).containsOnly(StateType.COMPLETED);
            }
            Ignition.stop(cutOff.name(), true);
            Map<String, Long> runs = log.runs();

            try (TaskSession healed = session(grid.addNode())) {
                List<State<String>> after = states(submit(healed, "running", "healed", started, go, log));
                after.addAll(states(submit(healed, "fresh", "healed", started, go, log)));

                assertThat(after).extracting(State::result).isEqualTo(results(ofMajority));
                assertThat(log.runs()).isEqualTo(runs);
            }
        }
    }

    private static List<String> results(List<State<String>> states) {
        return states.stream().map(State::result).toList();
    }

    private static void isRefused(State<String> state) {
        assertThat(state.type()).isEqualTo(StateType.CRASHED);
        assertThat(state.failure().orElseThrow().message()).contains("has 1 servers and ignitetasks.quorum is 2");
    }

    private static List<TaskFuture<String>> submit(
            TaskSession session, String name, String side, Tally started, Gate go, RunLog log) {
        return IntStream.range(0, KEYS)
                .mapToObj(number -> session.submit(name + "-" + number, () -> {
                    log.add(name + "-" + number);
                    started.add();
                    go.pass();
                    return side + "-" + System.nanoTime();
                }))
                .toList();
    }

    private static List<State<String>> states(List<TaskFuture<String>> futures) {
        return new ArrayList<>(futures.stream()
                .map(future -> future.await(Deadlines.PATIENCE).orElseThrow())
                .toList());
    }

    private static TaskSession session(Ignite node) {
        return IgniteTaskRunner.builder().ignite(node).slots(2 * KEYS).build().start();
    }

    private static void configure(IgniteConfiguration node, Cut cut) {
        cut.reach(node);
        node.setUserAttributes(Map.of(SafeNode.QUORUM_ATTRIBUTE, 2));
    }
}
