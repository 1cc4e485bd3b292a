package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.ListeningSockets;
import io.github.ignitetasks.support.Marks;
import io.github.ignitetasks.support.ServerMain;
import io.github.ignitetasks.support.SessionMain;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TwoJvmsIT {
    @TempDir
    private Path folder;

    @Test
    void sameKeyFromTwoJvmsOnOneGridRunsOnceAndBothShareItsResult() {
        Marks marks = Marks.in(folder);
        try (ChildJvm server = ChildJvm.start(ServerMain.class)) {
            String address = server.awaitLine("address ");
            try (ChildJvm one = ChildJvm.start(SessionMain.class, marks.folder(), "shared", "one", address);
                    ChildJvm other = ChildJvm.start(SessionMain.class, marks.folder(), "shared", "other", address)) {
                one.awaitLine("nodes 1");
                other.awaitLine("nodes 1");
                marks.await("run", 1);
                marks.leave("go");

                assertThat(one.awaitLine("result ")).isEqualTo(other.awaitLine("result "));
                assertThat(marks.count("run")).isEqualTo(1);
                assertThat(ListeningSockets.beyondLoopback(one.pid())).isEmpty();
                assertThat(ListeningSockets.beyondLoopback(server.pid())).isEmpty();
            }
        }
    }

    @Test
    void temporaryNodesOfTwoJvmsDoNotJoinEachOtherAndListenOnLoopbackAlone() {
        Marks marks = Marks.in(folder);
        marks.leave("go");
        try (ChildJvm one = ChildJvm.start(SessionMain.class, marks.folder(), "own", "one");
                ChildJvm other = ChildJvm.start(SessionMain.class, marks.folder(), "own", "other")) {
            assertThat(one.awaitLine("nodes ")).isEqualTo("1");
            assertThat(other.awaitLine("nodes ")).isEqualTo("1");
            assertThat(one.awaitLine("result ")).isEqualTo("one");
            assertThat(other.awaitLine("result ")).isEqualTo("other");
            assertThat(marks.count("run")).isEqualTo(2);

            assertThat(ListeningSockets.of(one.pid())).isNotEmpty();
            assertThat(ListeningSockets.beyondLoopback(one.pid())).isEmpty();

            one.endInput();
            assertThat(one.awaitLine("left ")).isEqualTo("0");
            assertThat(one.awaitExit()).isZero();
        }
    }
}
