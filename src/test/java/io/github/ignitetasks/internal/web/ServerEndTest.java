package io.github.ignitetasks.internal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests of the end of a server. */
final class ServerEndTest {
    @Test
    void threadsAreDaemonsAndEndWithTheServer() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Set<Thread> own;
        try (ServedSession served = new ServedSession();
                EventReader viewer = served.view()) {
            assertThat(viewer.nextFrame()).isPositive();
            assertThat(served.get("/task?key=a").status()).isEqualTo(200);
            own = new HashSet<>(Thread.getAllStackTraces().keySet());
            own.removeAll(before);
            assertThat(own)
                    .extracting(Thread::getName)
                    .contains("HTTP-Dispatcher")
                    .hasSizeGreaterThan(3);
            assertThat(own).allMatch(Thread::isDaemon);
        }
        await().atMost(Deadlines.PATIENCE).until(() -> own.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void serverHasClosed_nobodyListens() {
        ServedSession served = new ServedSession();
        served.close();

        assertThatThrownBy(() -> RawHttp.connect(served.port())).isInstanceOf(ConnectException.class);
    }

    @Test
    void serverCloses_viewersAreDisconnected() throws IOException {
        ServedSession served = new ServedSession();
        try (EventReader viewer = served.view()) {
            assertThat(viewer.nextFrame()).isPositive();
            served.close();
            while (!viewer.next().isEmpty()) {
                // frames that were on their way
            }
        }
    }

    @Test
    void viewerReadsNothing_endDoesNotWaitForIt() throws IOException {
        ServerLimits limits = ServedSession.limits(Deadlines.PATIENCE, 20);
        ServerLimits shortEnd = new ServerLimits(
                limits.request(),
                limits.write(),
                limits.lookup(),
                ServedSession.SHORT,
                limits.step(),
                limits.heartbeat(),
                4,
                20);
        try (ServedSession served = new ServedSession(ServerSettings.standard(), shortEnd, 16 * 1_024 * 1_024);
                EventReader idle = served.view()) {
            assertThat(idle.status()).isEqualTo(200);
            await().atMost(Deadlines.PATIENCE).until(() -> served.frames.get() > 0);
            served.server.end("{}".getBytes(StandardCharsets.UTF_8));
            await().atMost(Deadlines.PATIENCE).until(() -> served.threads().isEmpty());
        }
    }

    @Test
    void sessionHasEnded_samePortIsFreeAtOnce() throws IOException {
        ServedSession first = new ServedSession();
        int port = first.port();
        try (EventReader viewer = first.view()) {
            assertThat(viewer.nextFrame()).isPositive();
            first.server.end("{}".getBytes(StandardCharsets.UTF_8));
        }
        try (ServedSession second = new ServedSession(
                ServerSettings.standard().withPort(port), ServedSession.limits(Deadlines.PATIENCE, 20), 0)) {
            assertThat(second.port()).isEqualTo(port);
            assertThat(second.send("/", first.cookie()).status()).isEqualTo(403);
        }
    }
}
