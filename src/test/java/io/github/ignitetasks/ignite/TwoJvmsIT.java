package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.ListeningSockets;
import io.github.ignitetasks.support.ServerMain;
import io.github.ignitetasks.support.SessionMain;
import io.github.ignitetasks.support.Tally;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TwoJvmsIT {
    @TempDir
    private Path folder;

    @Test
    void sameKeyFromTwoJvmsOnOneGridRunsOnceAndBothShareItsResult() {
        Tally runs = Tally.in(folder);
        Gate go = Gate.in(folder);
        try (ChildJvm server = ChildJvm.start(ServerMain.class)) {
            server.writeLine("start");
            String address = server.awaitLine("address ");
            try (ChildJvm one = ChildJvm.start(SessionMain.class, folder.toString(), "shared", "one", address);
                    ChildJvm other = ChildJvm.start(SessionMain.class, folder.toString(), "shared", "other", address)) {
                one.awaitLine("nodes 1");
                other.awaitLine("nodes 1");
                runs.await(1);
                go.open();

                assertThat(one.awaitLine("result ")).isEqualTo(other.awaitLine("result "));
                assertThat(runs.count()).isEqualTo(1);
                assertThat(ListeningSockets.beyondLoopback(one.pid())).isEmpty();
                assertThat(ListeningSockets.beyondLoopback(server.pid())).isEmpty();
            }
        }
    }

    @Test
    void temporaryNodesOfTwoJvmsDoNotJoinEachOtherAndListenOnLoopbackAlone() {
        Tally runs = Tally.in(folder);
        Gate go = Gate.in(folder);
        go.open();
        try (ChildJvm one = ChildJvm.start(SessionMain.class, folder.toString(), "own", "one");
                ChildJvm other = ChildJvm.start(SessionMain.class, folder.toString(), "own", "other")) {
            assertThat(one.awaitLine("nodes ")).isEqualTo("1");
            assertThat(other.awaitLine("nodes ")).isEqualTo("1");
            assertThat(one.awaitLine("result ")).isEqualTo("one");
            assertThat(other.awaitLine("result ")).isEqualTo("other");
            assertThat(runs.count()).isEqualTo(2);

            assertThat(ListeningSockets.of(one.pid())).isNotEmpty();
            assertThat(ListeningSockets.beyondLoopback(one.pid())).isEmpty();

            one.endInput();
            assertThat(one.awaitLine("left ")).isEqualTo("0");
            assertThat(one.awaitExit()).isZero();
        }
    }
}
