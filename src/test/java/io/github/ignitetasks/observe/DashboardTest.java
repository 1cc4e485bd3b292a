package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.web.DashboardServer;
import io.github.ignitetasks.internal.web.ServerSettings;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.FreePort;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/** Tests of dashboards of sessions of this JVM. */
final class DashboardTest {
    private static final String SERVER = "io.github.ignitetasks.internal.web.DashboardServer";

    @Test
    void sessionStarts_itsLinkIsLoggedAndOpensThePage() throws IOException, InterruptedException {
        try (CapturedLog log = CapturedLog.of(Dashboard.class);
                TaskSession session = started(Dashboard.create())) {
            assertThat(session.submit(() -> 42).result()).isEqualTo(42);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .matches("dashboard at http://127\\.0\\.0\\.1:\\d+/[\\w-]{32}/\\?token=[\\w-]{32}");
            assertThat(status(linkOf(log))).isEqualTo(200);
        }
    }

    @Test
    void sessionStarts_actionGetsItsLink() throws IOException, InterruptedException {
        List<URI> links = new ArrayList<>();
        try (CapturedLog log = CapturedLog.of(Dashboard.class);
                TaskSession session = started(Dashboard.create().whenOpened(links::add))) {
            assertThat(links).containsExactly(linkOf(log));
            assertThat(status(links.get(0))).isEqualTo(200);
            assertThat(session.submit(() -> 42).result()).isEqualTo(42);
        }
    }

    @Test
    void actionForTheLinkThrows_sessionRunsWithItsDashboard() throws IOException, InterruptedException {
        Dashboard dashboard = Dashboard.create().whenOpened(link -> {
            throw new IllegalStateException("no browser");
        });
        try (CapturedLog log = CapturedLog.of(Dashboard.class);
                TaskSession session = started(dashboard)) {
            assertThat(session.submit(() -> 42).result()).isEqualTo(42);
            assertThat(log.messages()).hasSize(2).last().asString().contains("threw");
        }
    }

    @Test
    void sessionCloses_pageIsGone() throws IOException, InterruptedException {
        try (CapturedLog log = CapturedLog.of(Dashboard.class)) {
            started(Dashboard.create()).close();

            assertThat(isReachable(linkOf(log))).isFalse();
        }
    }

    @Test
    void lastFrameCannotBeComputed_serverClosesAllTheSame() throws IOException, InterruptedException {
        DashboardServer server =
                DashboardServer.start(ServerSettings.standard(), "fake", new FakeSession("fake"), () -> new byte[0]);
        TaskEvents end = new SessionDashboard.ServerEnd(
                () -> {
                    throw new IllegalStateException("a bug");
                },
                server);

        assertThatThrownBy(end::closed).hasMessage("a bug");

        assertThat(isReachable(URI.create(server.link()))).isFalse();
    }

    @Test
    void sessionCloses_itsTasksAreToldUntilItsEnd() throws IOException, InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        HttpClient browser = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .cookieHandler(new CookieManager())
                .build();
        try (CapturedLog log = CapturedLog.of(Dashboard.class);
                TaskSession session = started(Dashboard.create())) {
            TaskFuture<?> running = session.submitAction("key-1", gate::await);
            Thread closing = new Thread(session::close);
            closing.start();
            try {
                await().atMost(Deadlines.PATIENCE).until(() -> isClosing(session));
                browser.send(HttpRequest.newBuilder(linkOf(log)).build(), BodyHandlers.discarding());
                URI task = linkOf(log).resolve("task?key=key-1");
                assertThat(browser.send(HttpRequest.newBuilder(task).build(), BodyHandlers.ofString())
                                .body())
                        .contains("\"status\":\"RUNNING\"");
                assertThat(running.isDone()).isFalse();
            } finally {
                gate.countDown();
                closing.join();
            }
        }
    }

    private static boolean isClosing(TaskSession session) {
        try {
            session.status("key-1");
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void twoSessions_eachHasALinkOfItsOwn() {
        try (CapturedLog log = CapturedLog.of(Dashboard.class);
                TaskSession first = started(Dashboard.create());
                TaskSession second = started(Dashboard.create())) {
            assertThat(log.messages()).hasSize(2).doesNotHaveDuplicates();
            assertThat(first).isNotSameAs(second);
        }
    }

    @Test
    void portIsFree_dashboardListensThere() throws IOException, InterruptedException {
        int port = FreePort.find();
        try (CapturedLog log = CapturedLog.of(Dashboard.class);
                TaskSession session = started(Dashboard.onPort(port))) {
            assertThat(linkOf(log).getPort()).isEqualTo(port);
            assertThat(status(linkOf(log))).isEqualTo(200);
            assertThat(session.submit(() -> 42).result()).isEqualTo(42);
        }
    }

    @Test
    void portIsTaken_sessionWarnsAndUsesAFreeOne() throws IOException, InterruptedException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CapturedLog warnings = CapturedLog.of(SERVER);
                CapturedLog log = CapturedLog.of(Dashboard.class);
                TaskSession session = started(Dashboard.onPort(other.getLocalPort()))) {
            assertThat(warnings.messages())
                    .singleElement()
                    .asString()
                    .contains("cannot listen on port " + other.getLocalPort(), "or choose another port");
            assertThat(linkOf(log).getPort()).isNotEqualTo(other.getLocalPort());
            assertThat(status(linkOf(log))).isEqualTo(200);
            assertThat(session.submit(() -> 42).result()).isEqualTo(42);
        }
    }

    @Test
    void addressIsOfAnotherMachine_sessionWarnsAndRunsWithoutADashboard() {
        try (CapturedLog log = CapturedLog.of(Dashboard.class);
                TaskSession session = started(Dashboard.create().withAddress("192.0.2.7"))) {
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("has no dashboard", "cannot listen on 192.0.2.7");
            assertThat(session.submit(() -> 42).result()).isEqualTo(42);
        }
    }

    @Test
    void addressIsNoLoopbackAddress_sessionWarns() {
        try (CapturedLog log = CapturedLog.of(Dashboard.class);
                TaskSession session = started(Dashboard.create().withAddress("0.0.0.0"))) {
            assertThat(log.messages()).hasSize(2).first().asString().contains("listens on 0.0.0.0 without encryption");
            assertThat(session.submit(() -> 42).result()).isEqualTo(42);
        }
    }

    @Test
    void nothingShowsTheLog_linkIsPrinted() {
        List<String> printed = new ArrayList<>();

        SessionDashboard.tell("dashboard at …", new NOPLoggerFactory(), printed::add);
        assertThat(printed).containsExactly("dashboard at …");

        SessionDashboard.tell("dashboard at …", LoggerFactory.getILoggerFactory(), printed::add);
        assertThat(printed).hasSize(1);
    }

    @Test
    void sameSettings_dashboardsAndTheirRunnersAreEqual() {
        assertThat(Dashboard.create()).isEqualTo(Dashboard.create()).isNotEqualTo(Dashboard.onPort(8_000));
        assertThat(Dashboard.onPort(8_000))
                .isEqualTo(Dashboard.onPort(8_000))
                .hasSameHashCodeAs(Dashboard.onPort(8_000));
        assertThat(Dashboard.create().withAllowedHost("a"))
                .isEqualTo(Dashboard.create().withAllowedHost("a"))
                .isNotEqualTo(Dashboard.create().withAllowedHost("b"));
        assertThat(Dashboard.create().withAddress("::1")).isNotEqualTo(Dashboard.create());
        assertThat(IgniteTaskRunner.builder().dashboard().build())
                .isEqualTo(IgniteTaskRunner.builder().dashboard().build())
                .isEqualTo(
                        IgniteTaskRunner.builder().listener(Dashboard.create()).build())
                .isNotEqualTo(IgniteTaskRunner.builder().dashboard(8_000).build())
                .isNotEqualTo(IgniteTaskRunner.builder().build());
    }

    @Test
    void portIsOutOfRange_isRefused() {
        for (int port : new int[] {-1, 0, 65_536}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Dashboard.onPort(port))
                    .withMessageContaining("port must be from 1 to 65535, but is " + port);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().dashboard(-1))
                .withMessageContaining("port");
    }

    @Test
    void addressIsBlank_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dashboard.create().withAddress(" "))
                .withMessageContaining("address must not be blank");
    }

    private static TaskSession started(Dashboard dashboard) {
        TaskRunner runner = ThreadPoolTaskRunner.create().withListener(dashboard);
        return runner.start();
    }

    private static URI linkOf(CapturedLog log) {
        String line = log.messages().get(log.messages().size() - 1);
        return URI.create(line.substring(line.indexOf("http")));
    }

    private static int status(URI link) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(link).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static boolean isReachable(URI link) throws InterruptedException {
        try {
            return status(link) > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
