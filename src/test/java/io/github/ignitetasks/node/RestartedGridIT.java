package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.RunLog;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two grid nodes that keep records on disk, all processes of the grid ended, and both nodes started again. */
final class RestartedGridIT {
    private static final int KEYS = 50;
    private static final int RUNNING = 4;

    @TempDir
    private Path folder;

    private Path file;

    /** Writes the node's file with less disk space. */
    @BeforeEach
    void writeFile() throws IOException {
        String text = Files.readString(Path.of("config", "grid-node.xml"))
                .replace("134217728", "4194304")
                .replace("536870912", "33554432");
        file = Files.writeString(folder.resolve("node.xml"), text);
    }

    @Test
    void recordsOfAGridThatIsKilledAreThereAndWhatRanRunsAgain() {
        try (NodeProcess one = node("one", List.of(), "--activate", "2")) {
            one.awaitJoined();
            assertThatIllegalStateException()
                    .isThrownBy(() -> session(one))
                    .withMessageContaining("is INACTIVE")
                    .withMessageContaining("--activate");
            try (NodeProcess two = node("two", List.of(one));
                    ChildJvm client = submit(one)) {
                client.kill();
                one.jvm().kill();
                two.jvm().kill();
            }
        }
        checkRestarted();
    }

    @Test
    void recordsOfAGridThatIsAskedToEndAreThereAndWhatRanRunsAgain() {
        try (NodeProcess one = node("one", List.of(), "--activate", "2", "--grace", "1");
                NodeProcess two = node("two", List.of(one), "--grace", "1");
                ChildJvm client = submit(one)) {
            one.jvm().terminate();
            two.jvm().terminate();
            assertThat(one.jvm().awaitExit()).isZero();
            assertThat(two.jvm().awaitExit()).isZero();
            client.kill();
        }
        checkRestarted();
    }

    private void checkRestarted() {
        Gate.in(folder).open();
        try (NodeProcess one = node("one", List.of())) {
            one.awaitJoined();
            assertThatIllegalStateException()
                    .isThrownBy(() -> session(one))
                    .withMessageContaining("is INACTIVE")
                    .withMessageContaining("1 of its 2 servers");
            try (NodeProcess two = node("two", List.of(one))) {
                two.awaitJoined();
                try (TaskSession session = sessionOfActive(two)) {
                    assertThat(results(Client.submit(session, folder, "recorded", "second", KEYS)))
                            .containsOnly("first");
                    assertThat(results(Client.submit(session, folder, "brief", "second", 1)))
                            .containsOnly("second");
                    assertThat(results(Client.submit(session, folder, "running", "second", RUNNING)))
                            .containsOnly("second");
                }
            }
        }
        assertThat(RunLog.in(folder).runs())
                .allSatisfy((key, runs) -> assertThat(runs).isEqualTo(key.startsWith("recorded") ? 1 : 2));
    }

    private NodeProcess node(String store, List<NodeProcess> grid, String... arguments) {
        return NodeProcess.ofStore(folder.resolve(store), file, grid, arguments);
    }

    /** Starts a client that has results recorded, and tasks that run. */
    private ChildJvm submit(NodeProcess node) {
        node.jvm().awaitText("the grid is activated, with 2 servers");
        ChildJvm client = ChildJvm.start(Client.class, folder.toString(), node.address());
        client.awaitLine("recorded");
        Tally.in(folder).await(RUNNING);
        return client;
    }

    private static List<String> results(List<TaskFuture<String>> futures) {
        return futures.stream().map(future -> future.result(Deadlines.PATIENCE)).toList();
    }

    private static TaskSession sessionOfActive(NodeProcess node) {
        return Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> session(node), started -> true);
    }

    private static TaskSession session(NodeProcess node) {
        return IgniteTaskRunner.builder().address(node.address()).build().start();
    }

    /** Submits in a JVM of its own. */
    static final class Client {
        private Client() {}

        /** Takes the folder and the address of the grid. */
        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            var runner = IgniteTaskRunner.builder().address(arguments[1]);
            try (TaskSession lasting = runner.build().start();
                    TaskSession brief =
                            runner.resultTtl(Duration.ofSeconds(1)).build().start()) {
                results(submit(lasting, folder, "recorded", "first", KEYS));
                results(submit(brief, folder, "brief", "first", 1));
                Gate gate = Gate.in(folder);
                Tally started = Tally.in(folder);
                RunLog log = RunLog.in(folder);
                for (int i = 0; i < RUNNING; i++) {
                    String key = "running-" + i;
                    lasting.submit(key, () -> {
                        log.add(key);
                        started.add();
                        gate.pass();
                        return "late";
                    });
                }
                System.out.println("recorded");
                while (System.in.read() >= 0) {
                    // it serves
                }
            }
        }

        private static List<TaskFuture<String>> submit(
                TaskSession session, Path folder, String name, String result, int keys) {
            RunLog log = RunLog.in(folder);
            return IntStream.range(0, keys)
                    .mapToObj(number -> session.submit(name + "-" + number, () -> {
                        log.add(name + "-" + number);
                        return result;
                    }))
                    .toList();
        }
    }
}
