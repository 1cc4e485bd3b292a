package io.github.ignitetasks.node;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.JsonValue;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests the dashboard of a whole grid, which a node serves, while tasks have ended, failed and run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GridDashboardIT {
    private static final CallOptions FETCH = CallOptions.none().withName("fetch");
    private static final String DATA = "data: ";

    private NodeProcess first;
    private TaskSession session;
    private Gate gate;
    private String link;

    @BeforeAll
    void runTasks(@TempDir Path folder) {
        first = NodeProcess.ofClasses("--dashboard");
        link = linkOf(first);
        gate = Gate.in(folder);
        session = IgniteTaskRunner.builder().address(first.address()).build().start();
        for (int i = 1; i <= 3; i++) {
            assertThat(session.submit("done-" + i, () -> "a result", FETCH).result(PATIENCE))
                    .isEqualTo("a result");
        }
        TaskFuture<Integer> failed = session.submit(
                "failed",
                () -> {
                    throw new IllegalStateException("no luck");
                },
                FETCH);
        assertThat(failed.await(PATIENCE).orElseThrow().type()).isEqualTo(StateType.FAILED);
        Gate go = gate;
        TaskFuture<Integer> running = session.submit("running", () -> waitFor(go), FETCH);
        await().atMost(PATIENCE).until(() -> session.status(running.key()) == KeyStatus.RUNNING);
    }

    private static String linkOf(NodeProcess node) {
        String line = node.jvm().awaitText("dashboard at ");
        return line.substring(line.indexOf("http"));
    }

    private static int waitFor(Gate gate) throws InterruptedException {
        gate.pass();
        return 7;
    }

    @AfterAll
    void endTasks() {
        gate.open();
        session.close(PATIENCE);
        first.close();
    }

    @Test
    void tasksRun_frameHasCountsNodesAndRunningKeys() throws IOException, InterruptedException {
        OpenDashboard dashboard = OpenDashboard.of(link);

        JsonValue frame = dashboard.frame(any -> any.number("totals.running") == 1);

        JsonValue fetch = frame.at("names.rows").at(0);
        assertThat(fetch.text("name")).isEqualTo("fetch");
        assertThat(fetch.number("submitted")).isEqualTo(5);
        assertThat(fetch.number("completed")).isEqualTo(3);
        assertThat(fetch.number("failed")).isEqualTo(1);
        assertThat(frame.at("running.rows").at(0).text("key")).isEqualTo("running");
        assertThat(frame.at("failures.rows").at(0).text("message")).isEqualTo("no luck");
        assertThat(frame.number("nodes.of")).isPositive();
        assertThat(dashboard.get("stack?key=running")).contains("GridDashboardIT.waitFor");
        assertThat(dashboard.get("task?key=running")).contains("\"status\":\"RUNNING\"");
        assertThat(dashboard.get("task?key=done-1"))
                .contains("\"status\":\"COMPLETED\"", "\"attempt\":1")
                .doesNotContain("a result");
        assertThat(dashboard.get("task?key=failed")).contains("\"status\":\"NOT_COMPLETED\"", "no luck");
        assertThat(dashboard.get("task?key=nobody")).contains("\"status\":\"UNKNOWN\"");
    }

    @Test
    void otherNodeServes_itShowsTheWholeGridUntilItEnds() throws IOException, InterruptedException {
        try (NodeProcess second = first.addOfClasses("--dashboard=0")) {
            OpenDashboard dashboard = OpenDashboard.of(linkOf(second));

            JsonValue frame = dashboard.frame(any -> any.number("nodes.of") == 2);
            second.jvm().terminate();

            assertThat(frame.number("totals.completed")).isEqualTo(3);
            assertThat(frame.text("session.description")).isEqualTo("2 servers answer");
            assertThat(dashboard.lastFrame().at("nodes.rows").elements())
                    .hasSize(2)
                    .noneMatch(node -> node.at("lost").isTrue());
            assertThat(second.jvm().awaitExit()).isZero();
        }
    }

    /** A dashboard that a browser views. */
    private record OpenDashboard(HttpClient browser, URI page, Iterator<String> lines) {
        static OpenDashboard of(String link) throws IOException, InterruptedException {
            HttpClient browser = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.ALWAYS)
                    .cookieHandler(new CookieManager())
                    .build();
            URI page = URI.create(link.substring(0, link.indexOf('?')));
            assertThat(browser.send(request(URI.create(link)), BodyHandlers.ofString())
                            .body())
                    .contains("</html>");
            return new OpenDashboard(
                    browser,
                    page,
                    browser.send(request(page.resolve("events")), BodyHandlers.ofLines())
                            .body()
                            .iterator());
        }

        private static HttpRequest request(URI uri) {
            return HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        }

        String get(String path) throws IOException, InterruptedException {
            return browser.send(request(page.resolve(path)), BodyHandlers.ofString())
                    .body();
        }

        /** Waits for a frame that is so. */
        JsonValue frame(Predicate<JsonValue> wanted) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (lines.hasNext()) {
                String line = lines.next();
                if (line.startsWith(DATA)) {
                    JsonValue frame = JsonValue.parse(line.substring(DATA.length()));
                    if (wanted.test(frame)) {
                        return frame;
                    }
                    assertThat(System.nanoTime())
                            .as("the latest frame is %s", line)
                            .isLessThan(deadline);
                }
            }
            throw new AssertionError("the stream of frames has ended");
        }

        /** Waits for the last frame. */
        JsonValue lastFrame() {
            while (!lines.next().equals("event: end")) {
                // an earlier frame
            }
            return frame(any -> true);
        }
    }
}
