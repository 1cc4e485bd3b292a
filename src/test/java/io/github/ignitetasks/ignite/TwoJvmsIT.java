package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.ProcessSockets;
import io.github.ignitetasks.support.ServerMain;
import io.github.ignitetasks.support.SessionMain;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
                assertThat(ProcessSockets.of(one.pid()).beyondLoopback()).isEmpty();
                assertThat(ProcessSockets.of(server.pid()).beyondLoopback()).isEmpty();
            }
        }
    }

    @Test
    void temporaryNodesOfTwoJvmsDoNotJoinEachOther() {
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

            one.endInput();
            assertThat(one.awaitLine("left ")).isEqualTo("0");
            assertThat(one.awaitExit()).isZero();
        }
    }

    @Test
    void temporaryNodeListensNowhereAndContactsNobody() throws IOException {
        Path loaded = folder.resolve("classes");
        List<String> options = List.of("@" + System.getProperty("jvm.opens.file"), "-Xlog:class+load:file=" + loaded);
        Gate.in(folder).open();
        try (ChildJvm jvm = ChildJvm.start(options, SessionMain.class, folder.toString(), "own", "alone")) {
            jvm.awaitLine("result ");

            ProcessSockets sockets = ProcessSockets.of(jvm.pid());
            assertThat(sockets.listening()).isEmpty();
            assertThat(sockets.contacted()).isEmpty();
            assertThat(sockets.datagram()).isEmpty();
            assertThat(loaded)
                    .content()
                    .contains("compat.IsolatedDiscovery ")
                    .doesNotContain("java.net.MulticastSocket ")
                    .doesNotContain("HttpIgniteUpdatesChecker ");
        }
    }
}
