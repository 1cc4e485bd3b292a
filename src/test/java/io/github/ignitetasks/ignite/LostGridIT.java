package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.client.ConnectionState;
import io.github.ignitetasks.internal.worker.InFlight;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.ServerMain;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a session that loses its grid, or the node that it was given. */
final class LostGridIT {
    private static final int KEYS = 20;

    @TempDir
    private Path folder;

    @Test
    void futuresEndCrashedAndTheSessionClosesWhenTheOnlyServerIsKilled() {
        Tally runs = Tally.in(folder);
        Gate never = Gate.in(folder);
        try (ChildJvm server = ChildJvm.start(ServerMain.class)) {
            server.writeLine("start");
            try (TaskSession session = join(server.awaitLine("address "))) {
                List<TaskFuture<Integer>> all = submit(session, runs, never);
                TaskFuture<Integer> dependent =
                        session.submit("dependent", () -> all.get(0).result());
                runs.await(2);

                server.kill();

                assertThat(all).allSatisfy(future -> assertThat(type(future)).isEqualTo(StateType.CRASHED));
                assertThat(all.get(0).state().orElseThrow().describe()).contains("did not reconnect within PT12S");
                assertThat(type(dependent)).isIn(StateType.CRASHED, StateType.NOT_READY);
                assertThat(type(session.submit("late", () -> 1))).isEqualTo(StateType.CRASHED);
            }
        }
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void sessionThatHasLostItsGridClosesWhenItIsTold() {
        Tally runs = Tally.in(folder);
        Gate never = Gate.in(folder);
        try (CapturedLog log = CapturedLog.of(ConnectionState.class);
                ChildJvm server = ChildJvm.start(ServerMain.class)) {
            server.writeLine("start");
            TaskSession session = join(server.awaitLine("address "));
            List<TaskFuture<Integer>> all = submit(session, runs, never);
            runs.await(2);

            server.endInput();
            Awaitility.await()
                    .atMost(Deadlines.PATIENCE)
                    .until(() -> !log.messages().isEmpty());
            session.close(Duration.ofMillis(100));

            assertThat(all)
                    .allSatisfy(
                            future -> assertThat(future.state().orElseThrow().type())
                                    .isIn(StateType.CANCELLED, StateType.CRASHED));
        }
        assertThat(Ignition.allGrids()).isEmpty();
    }

    @Test
    void futuresEndCrashedAndTheSessionClosesWhenTheNodeItWasGivenStops() {
        Tally runs = Tally.in(folder);
        Gate never = Gate.in(folder);
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 2);
                TaskSession session = IgniteTaskRunner.builder()
                        .ignite(grid.node(0))
                        .slots(KEYS)
                        .build()
                        .start()) {
            List<TaskFuture<Integer>> all = submit(session, runs, never);
            runs.await(KEYS);

            Ignition.stop(grid.node(0).name(), true);

            assertThat(all).allSatisfy(future -> assertThat(type(future)).isEqualTo(StateType.CRASHED));
        }
    }

    @Test
    void sessionsThatWaitForTheSameKeysShareThemWhenTheirNodeStops() {
        Tally runs = Tally.in(folder);
        Gate go = Gate.in(folder);
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 3)) {
            try (TaskSession one = IgniteTaskRunner.builder()
                            .ignite(grid.node(0))
                            .slots(KEYS)
                            .build()
                            .start();
                    TaskSession other = IgniteTaskRunner.builder()
                            .ignite(grid.node(1))
                            .slots(KEYS)
                            .build()
                            .start()) {
                List<TaskFuture<Integer>> ofOne = submit(one, runs, go);
                runs.await(KEYS);
                List<TaskFuture<Integer>> ofOther = submit(other, runs, go);
                InFlight.awaitSessions(2, ofOther, grid.nodes());
                assertThat(ofOther).noneMatch(TaskFuture::isDone);

                Ignition.stop(grid.node(2).name(), true);
                go.open();

                assertThat(TaskFuture.all(ofOne).result(Deadlines.PATIENCE)).hasSize(KEYS);
                assertThat(TaskFuture.all(ofOther).result(Deadlines.PATIENCE)).hasSize(KEYS);
                assertThat(states(ofOther)).isEqualTo(states(ofOne));
            }
        }
    }

    @Test
    void callsThatAreSubmittedWhileANodeStopsEnd() throws InterruptedException {
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 2);
                TaskSession session = IgniteTaskRunner.builder()
                        .ignite(grid.node(0))
                        .slots(2)
                        .build()
                        .start()) {
            Queue<TaskFuture<Integer>> all = new ConcurrentLinkedQueue<>();
            CountDownLatch some = new CountDownLatch(100);
            AtomicBoolean stopped = new AtomicBoolean();
            List<Thread> submitters = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String prefix = "storm-" + i + "-";
                Thread submitter = new Thread(() -> {
                    for (int number = 0; !stopped.get(); number++) {
                        all.add(session.submit(prefix + number, () -> 1));
                        some.countDown();
                    }
                });
                submitter.start();
                submitters.add(submitter);
            }
            some.await();

            Ignition.stop(grid.node(1).name(), true);
            stopped.set(true);

            for (Thread submitter : submitters) {
                submitter.join();
            }
            assertThat(all)
                    .allSatisfy(future ->
                            assertThat(future.result(Deadlines.PATIENCE)).isEqualTo(1));
        }
    }

    private static TaskSession join(String address) {
        return IgniteTaskRunner.builder()
                .address(address)
                .slots(2)
                .clientConfiguration(LostGridIT::losePatienceSoon)
                .build()
                .start();
    }

    /** Makes a client give up a lost grid as soon as it may. */
    private static void losePatienceSoon(IgniteConfiguration client) {
        client.setClientFailureDetectionTimeout(2_000);
        ((TcpDiscoverySpi) client.getDiscoverySpi()).setNetworkTimeout(1_000);
    }

    private static List<State<Integer>> states(List<TaskFuture<Integer>> futures) {
        return futures.stream().map(future -> future.state().orElseThrow()).toList();
    }

    private static StateType type(TaskFuture<?> future) {
        return future.await(Deadlines.PATIENCE).orElseThrow().type();
    }

    private static List<TaskFuture<Integer>> submit(TaskSession session, Tally runs, Gate go) {
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            int number = i;
            futures.add(session.submit("key-" + i, () -> {
                runs.add();
                go.pass();
                return number;
            }));
        }
        return futures;
    }
}
