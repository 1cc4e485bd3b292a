package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.RunLog;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.ignite.configuration.DeploymentMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests two grid nodes with records on disk. Both are killed, restarted, asked to end, and restarted again. */
final class RestartedGridIT {
    private static final int KEYS = 50;
    private static final int RUNNING = 4;

    @TempDir
    private Path folder;

    private Path file;

    /** Writes a copy of the node's file that needs less disk space. */
    @BeforeEach
    void writeFile() throws IOException {
        String text = Files.readString(Path.of("config", "grid-node.xml"))
                .replace("134217728", "4194304")
                .replace("536870912", "33554432");
        file = Files.writeString(folder.resolve("node.xml"), text);
    }

    @Test
    void recordsAreThereWhenAllServersHaveEndedAndWhatRanRunsAgain() {
        recordAndKill();
        checkAndEnd();
        checkRestarted();

        assertThat(RunLog.in(folder).runs()).hasSize(KEYS + 1 + RUNNING).allSatisfy((key, runs) -> {
            if (key.startsWith("running")) {
                assertThat(runs).as(key).isGreaterThanOrEqualTo(3);
            } else {
                assertThat(runs).as(key).isEqualTo(key.startsWith("recorded") ? 1 : 2);
            }
        });
    }

    private void recordAndKill() {
        try (NodeProcess one = node("one", List.of(), "--activate", "2")) {
            one.awaitJoined();
            checkInactive(one, "--activate");
            try (NodeProcess two = node("two", List.of(one));
                    TaskSession session = sessionOfActive(two)) {
                results(submit(session, "recorded", "first", KEYS));
                try (TaskSession brief = runner(two, Duration.ofSeconds(1)).start()) {
                    results(submit(brief, "brief", "first", 1));
                }
                run(session, "first");
                one.jvm().kill();
                two.jvm().kill();
                session.close(Duration.ZERO);
            }
        }
    }

    private void checkAndEnd() {
        try (NodeProcess one = node("one", List.of(), "--grace", "0")) {
            one.awaitJoined();
            checkInactive(one, "1 of its 2 servers");
            try (NodeProcess two = node("two", List.of(one), "--grace", "0");
                    TaskSession session = sessionOfActive(two)) {
                assertThat(results(submit(session, "recorded", "second", KEYS))).containsOnly("first");
                assertThat(results(submit(session, "brief", "second", 1))).containsOnly("second");
                run(session, "second");
                one.jvm().terminate();
                two.jvm().terminate();
                assertThat(one.jvm().awaitExit()).isZero();
                assertThat(two.jvm().awaitExit()).isZero();
                session.close(Duration.ZERO);
            }
        }
    }

    private void checkRestarted() {
        Gate.in(folder).open();
        try (NodeProcess one = node("one", List.of())) {
            one.awaitJoined();
            try (NodeProcess two = node("two", List.of(one));
                    TaskSession session = sessionOfActive(two)) {
                assertThat(results(submit(session, "recorded", "third", KEYS))).containsOnly("first");
                assertThat(results(submit(session, "brief", "third", 1))).containsOnly("second");
                assertThat(results(run(session, "third"))).containsOnly("third");
            }
        }
    }

    private NodeProcess node(String store, List<NodeProcess> grid, String... arguments) {
        return NodeProcess.ofStore(folder.resolve(store), file, grid, arguments);
    }

    private List<TaskFuture<String>> submit(TaskSession session, String name, String result, int keys) {
        RunLog log = RunLog.in(folder);
        return IntStream.range(0, keys)
                .mapToObj(number -> session.submit(name + "-" + number, () -> {
                    log.add(name + "-" + number);
                    return result;
                }))
                .toList();
    }

    /** Submits tasks that pass the gate, and waits until all of them have started. */
    private List<TaskFuture<String>> run(TaskSession session, String result) {
        RunLog log = RunLog.in(folder);
        Gate gate = Gate.in(folder);
        Tally started = Tally.in(folder);
        int before = started.count();
        List<TaskFuture<String>> futures = IntStream.range(0, RUNNING)
                .mapToObj(number -> session.submit("running-" + number, () -> {
                    log.add("running-" + number);
                    started.add();
                    gate.pass();
                    return result;
                }))
                .toList();
        started.await(before + RUNNING);
        return futures;
    }

    private static List<String> results(List<TaskFuture<String>> futures) {
        return futures.stream().map(future -> future.result(Deadlines.PATIENCE)).toList();
    }

    private static void checkInactive(NodeProcess node, String remedy) {
        assertThatIllegalStateException()
                .isThrownBy(() -> runner(node, Duration.ofHours(1)).start())
                .withMessageContaining("is INACTIVE")
                .withMessageContaining(remedy);
    }

    private static TaskSession sessionOfActive(NodeProcess node) {
        node.awaitJoined();
        IgniteTaskRunner runner = runner(node, Duration.ofHours(1));
        return Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(runner::start, started -> true);
    }

    private static IgniteTaskRunner runner(NodeProcess node, Duration resultTtl) {
        return IgniteTaskRunner.builder()
                .address(node.address())
                .slots(RUNNING)
                .clientConfiguration(client -> client.setPeerClassLoadingEnabled(true)
                        .setDeploymentMode(DeploymentMode.ISOLATED)) // same as in the file, so that it joins at once
                .resultTtl(resultTtl)
                .build();
    }
}
