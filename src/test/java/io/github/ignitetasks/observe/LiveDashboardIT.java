package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.Gate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards of real sessions in a real browser. */
@Tag(Browser.TAG)
class LiveDashboardIT {
    private static final int MANY = 100_000;

    private static Browser browser;

    private final AtomicReference<URI> link = new AtomicReference<>();
    private final Dashboard dashboard = Dashboard.create().whenOpened(link::set);

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBrowser() throws IOException {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() throws IOException {
        browser.close();
    }

    private TaskSession open(TaskRunner runner) {
        TaskSession session = runner.withListener(dashboard).start();
        browser.open(String.valueOf(link.get()), OpenPage.WIDTH, OpenPage.HEIGHT, false);
        browser.awaitText("#state", "Live");
        return session;
    }

    private static CallOptions named(String name) {
        return CallOptions.none().withName(name);
    }

    @Test
    void session_isSeenFromItsFirstTaskToItsEnd() throws IOException {
        Gate gate = Gate.in(folder);
        try (TaskSession session = open(ThreadPoolTaskRunner.create())) {
            try {
                TaskFuture<String> slow = session.submit("slow-1", () -> waitFor(gate), named("slow"));
                session.submit("odd-1", LiveDashboardIT::fail, named("odd")).await();
                browser.awaitText("#overall-text", "1 of 2 tasks ended");
                browser.awaitText("#failures-list", "IllegalArgumentException 1 is odd");
                browser.awaitText("#running-table", "slow-1");
                browser.click("#running-table button");
                browser.awaitText("#running-table pre", "waitFor");
                gate.open();
                assertThat(slow.result()).isEqualTo("done");
            } finally {
                gate.open();
            }
        }
        browser.awaitText("#state", "Session ended");
        browser.awaitText("#overall-text", "2 of 2 tasks ended (100 %)");
        assertThat(browser.consoleErrors()).isEmpty();
        assertThat(browser.seriousViolations()).isEmpty();
    }

    @Test
    void nodeDiesWhileThePageIsOpen_itStaysAndIsMarkedAsLost() throws IOException {
        IgniteTaskRunner runner = IgniteTaskRunner.builder()
                .clusterFactory(LocalCluster.builder().nodes(2).slotsPerNode(1).build())
                .build();
        try (TaskSession session = open(runner)) {
            browser.awaitText("#nodes-table", "0 of 1");
            long killed = session.submit("pid", () -> ProcessHandle.current().pid(), named("pid"))
                    .result();

            assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();

            browser.awaitText("#nodes-table", "lost");
            browser.awaitText("#overall-text", "1 of 1 task ended");
        }
        browser.awaitText("#state", "Session ended");
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void manyTasks_areCountedExactly() throws IOException {
        try (TaskSession session = open(ThreadPoolTaskRunner.create())) {
            List<TaskFuture<Integer>> futures = new ArrayList<>(MANY);
            for (int i = 0; i < MANY; i++) {
                int number = i;
                futures.add(session.submit("many-" + i, () -> number, named("many-" + i % 300)));
            }
            assertThat(TaskFuture.all(futures).result()).hasSize(MANY);
            browser.awaitText("#overall-text", "100,000 of 100,000 tasks ended (100 %)");
            browser.awaitText("#progress-table", "33,300"); // of the names that are not told apart
        }
        browser.awaitText("#state", "Session ended");
        assertThat(browser.consoleErrors()).isEmpty();
    }

    private static String waitFor(Gate gate) throws InterruptedException {
        gate.pass();
        return "done";
    }

    private static String fail() {
        throw new IllegalArgumentException("1 is odd");
    }
}
