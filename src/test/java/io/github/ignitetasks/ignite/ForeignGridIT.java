package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.FreePort;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.PlainServer;
import io.github.ignitetasks.support.ServerMain;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of sessions on a grid with servers that lack this library. Those servers are processes without its jar. */
final class ForeignGridIT {
    private static final int KEYS = 40;

    @TempDir
    private Path folder;

    @Test
    void gridWithoutTheLibraryIsRefusedAndLeftAsItWas() {
        try (PlainServer server = PlainServer.start(folder)) {
            assertThatIllegalStateException()
                    .isThrownBy(runner(server.address())::start)
                    .withMessageContaining("'" + server.name() + "' (127.0.0.1)")
                    .withMessageContaining("add the jar of this library to their class path")
                    .withMessageContaining("ignitetasks.protocol");

            assertThat(server.sees()).isEqualTo(PlainServer.whole(1));
        }
    }

    @Test
    void gridOfWhichOneServerLacksTheLibraryIsRefusedNamingThatAlone() {
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 2);
                PlainServer server = PlainServer.start(folder, grid.address())) {
            assertThatIllegalStateException()
                    .isThrownBy(runner(grid.address())::start)
                    .withMessageContaining("1 of 3 servers")
                    .withMessageContaining(server.name())
                    .withMessageNotContaining(
                            String.valueOf(grid.node(1).cluster().localNode().consistentId()));

            assertThat(server.sees()).isEqualTo(PlainServer.whole(3));
        }
    }

    @Test
    void serverWithoutTheLibraryThatJoinsLaterHarmsNothingAndIsNotHarmed() {
        Gate go = Gate.in(folder);
        Tally started = Tally.in(folder);
        try (TestGrid grid = TestGrid.start(folder.resolve("grid"), 2);
                TaskSession session = runner(grid.address()).start()) {
            TaskFuture<Integer> before = session.submit("before", () -> 41);
            assertThat(before.result(Deadlines.PATIENCE)).isEqualTo(41);
            List<TaskFuture<Integer>> running = submit(session, "running", started, go);
            started.await(4); // all slots are taken

            try (PlainServer server = PlainServer.start(folder, grid.address())) {
                go.open();
                List<TaskFuture<Integer>> fresh = submit(session, "fresh", started, go);
                TaskFuture<Integer> dependent =
                        session.submit("dependent", () -> fresh.get(1).result() + before.result());

                assertThat(results(running)).isEqualTo(numbers());
                assertThat(results(fresh)).isEqualTo(numbers());
                assertThat(dependent.result(Deadlines.PATIENCE)).isEqualTo(42);
                assertThat(server.sees()).isEqualTo(PlainServer.whole(3, RecordCache.NAME));
                assertThat(before.release()).isTrue();
            }
            assertThat(results(submit(session, "after its death", started, go))).isEqualTo(numbers());
        }
    }

    @Test
    void sessionThatComesBackToAGridWithoutTheLibraryMakesNothingThereAndEndsWhatWaits() {
        Gate never = Gate.in(folder);
        Tally started = Tally.in(folder);
        int port = FreePort.find();
        try (ChildJvm server = ChildJvm.start(ServerMain.class)) {
            server.writeLine("at " + port + " " + folder.resolve("server"));
            server.awaitLine("address ");
            try (TaskSession session = patient(port).start()) {
                List<TaskFuture<Integer>> all = submit(session, "running", started, never);
                started.await(2);
                server.kill();
                try (PlainServer plain = PlainServer.startAt(port, folder)) {
                    assertThat(all)
                            .allSatisfy(future -> assertThat(crash(future)).contains("'" + plain.name() + "'"));
                    assertThat(crash(session.submit("late", () -> 1))).contains("does not have this library");
                    assertThat(plain.sees()).isEqualTo(PlainServer.whole(1));
                }
            }
        }
    }

    private static String crash(TaskFuture<?> future) {
        State<?> state = future.await(Deadlines.PATIENCE).orElseThrow();
        assertThat(state.type()).isEqualTo(StateType.CRASHED);
        return state.failure().orElseThrow().message();
    }

    /** Returns a runner whose client notices a lost grid soon, and waits a long time for its return. */
    private static TaskRunner patient(int port) {
        return IgniteTaskRunner.builder()
                .address("127.0.0.1:" + port)
                .slots(2)
                .clientConfiguration(ForeignGridIT::losePatienceSoon)
                .build();
    }

    private static void losePatienceSoon(IgniteConfiguration client) {
        client.setFailureDetectionTimeout(3_000).setClientFailureDetectionTimeout(Deadlines.PATIENCE.toMillis());
        ((TcpDiscoverySpi) client.getDiscoverySpi()).setNetworkTimeout(1_000);
    }

    private static TaskRunner runner(String address) {
        return IgniteTaskRunner.builder().address(address).slots(2).build();
    }

    private static List<TaskFuture<Integer>> submit(TaskSession session, String name, Tally started, Gate go) {
        return IntStream.range(0, KEYS)
                .mapToObj(number -> session.submit(name + "-" + number, () -> {
                    started.add();
                    go.pass();
                    return number;
                }))
                .toList();
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, KEYS).boxed().toList();
    }

    private static List<Integer> results(List<TaskFuture<Integer>> futures) {
        return futures.stream().map(future -> future.result(Deadlines.PATIENCE)).toList();
    }
}
