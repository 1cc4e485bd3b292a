package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskListener;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.client.ConnectionState;
import io.github.ignitetasks.observe.TaskMetrics;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.FreePort;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.RunLog;
import io.github.ignitetasks.support.ServerMain;
import io.github.ignitetasks.support.SessionMain;
import io.github.ignitetasks.support.Tally;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a session whose client node loses its grid for a while. */
final class ReconnectIT {
    private static final int KEYS = 20;

    @TempDir
    private Path folder;

    @Test
    void callsGoOnOnTheGridThatTakesThePlaceOfOneThatWasKilled() {
        Gate go = Gate.in(folder);
        RunLog runs = RunLog.in(folder);
        int port = FreePort.find();
        try (CapturedLog log = CapturedLog.of(ConnectionState.class);
                ChildJvm first = server(port);
                ChildJvm second = ChildJvm.start(ServerMain.class);
                TaskSession session = session(port)) {
            TaskFuture<Integer> done = session.submit("done", () -> {
                runs.add("done");
                return -1;
            });
            assertThat(done.result(Deadlines.PATIENCE)).isEqualTo(-1);
            List<TaskFuture<Integer>> all = submit(session, runs, go);
            TaskFuture<Integer> dependent =
                    session.submit("dependent", () -> all.get(0).result() + 100 + done.result());
            awaitRuns(runs, 3);

            first.kill();
            awaitText(log, "lost its grid");
            TaskFuture<Integer> late = session.submit("late", () -> 7);
            go.open();
            serve(second, port);

            assertThat(TaskFuture.all(all).result(Deadlines.PATIENCE))
                    .isEqualTo(IntStream.range(0, KEYS).boxed().toList());
            assertThat(dependent.result(Deadlines.PATIENCE)).isEqualTo(99);
            assertThat(late.result(Deadlines.PATIENCE)).isEqualTo(7);
            assertThat(done.result()).isEqualTo(-1);
            assertThat(runs.runs()).hasSize(KEYS + 1).containsEntry("done", 1L);
        }
    }

    @Test
    void runningTaskIsJoinedByAClientThatWasStoppedForSoLongThatTheGridTookItForDead() {
        Gate go = Gate.in(folder);
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 1, ServerMain::losePatienceSoon);
                ChildJvm client = ChildJvm.start(SessionMain.class, folder.toString(), "key", "done", grid.address())) {
            Tally.in(folder).await(1);

            client.signal("STOP");
            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .until(() -> grid.node(0).cluster().forClients().nodes().isEmpty());
            client.signal("CONT");
            client.awaitText("reconnected; 1 tasks are sent again");
            go.open();

            assertThat(client.awaitLine("result ")).isEqualTo("done");
            assertThat(Tally.in(folder).count()).isEqualTo(1);
            client.endInput();
            assertThat(client.awaitExit()).isZero();
        }
    }

    @Test
    void metricsTellWhetherTheSessionReachesItsGrid() {
        MeterRegistry registry = new SimpleMeterRegistry();
        int port = FreePort.find();
        try (CapturedLog log = CapturedLog.of(ConnectionState.class);
                ChildJvm server = server(port);
                TaskSession session = session(port, TaskMetrics.to(registry))) {
            Gauge connected = registry.get("ignite.tasks.connected").gauge();
            assertThat(connected.value()).isEqualTo(1);

            server.signal("STOP");
            awaitText(log, "lost its grid");
            assertThat(connected.value()).isZero();
            server.signal("CONT");
            awaitText(log, "reconnected");

            assertThat(connected.value()).isEqualTo(1);
            assertThat(session.submit("key", () -> 1).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
        }
    }

    @Test
    void runningTasksAreJoinedAndOthersRunOnceWhenTheServerWasStoppedForAWhile() {
        Gate go = Gate.in(folder);
        RunLog runs = RunLog.in(folder);
        int port = FreePort.find();
        try (CapturedLog log = CapturedLog.of(ConnectionState.class);
                ChildJvm server = server(port);
                TaskSession session = session(port)) {
            List<TaskFuture<Integer>> all = submit(session, runs, go);
            awaitRuns(runs, 2);

            server.signal("STOP");
            awaitText(log, "lost its grid");
            TaskFuture<Integer> late = session.submit("late", () -> 7);
            server.signal("CONT");
            awaitText(log, "reconnected");
            go.open();

            assertThat(TaskFuture.all(all).result(Deadlines.PATIENCE)).hasSize(KEYS);
            assertThat(late.result(Deadlines.PATIENCE)).isEqualTo(7);
            assertThat(runs.runs().values()).hasSize(KEYS).containsOnly(1L);
        }
    }

    private ChildJvm server(int port) {
        ChildJvm server = ChildJvm.start(ServerMain.class);
        serve(server, port);
        return server;
    }

    private void serve(ChildJvm server, int port) {
        server.writeLine("at " + port + " " + folder.resolve("server-" + server.pid()));
        server.awaitLine("address ");
    }

    private static TaskSession session(int port) {
        return session(port, new TaskListener() {});
    }

    private static TaskSession session(int port, TaskListener listener) {
        return IgniteTaskRunner.builder()
                .address("127.0.0.1:" + port)
                .slots(2)
                .clientConfiguration(ReconnectIT::losePatienceSoon)
                .listener(listener)
                .build()
                .start();
    }

    /** Makes a client notice a lost grid soon, and wait a long time for its return. */
    private static void losePatienceSoon(IgniteConfiguration client) {
        client.setFailureDetectionTimeout(3_000).setClientFailureDetectionTimeout(Deadlines.PATIENCE.toMillis());
        ((TcpDiscoverySpi) client.getDiscoverySpi()).setNetworkTimeout(1_000);
    }

    private static void awaitRuns(RunLog runs, int number) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> runs.file().exists() && runs.runs().size() == number);
    }

    private static void awaitText(CapturedLog log, String text) {
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> log.messages().stream().anyMatch(message -> message.contains(text)));
    }

    private static List<TaskFuture<Integer>> submit(TaskSession session, RunLog runs, Gate go) {
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            int number = i;
            String key = "key-" + i;
            futures.add(session.submit(key, () -> {
                runs.add(key);
                go.pass();
                return number;
            }));
        }
        return futures;
    }
}
