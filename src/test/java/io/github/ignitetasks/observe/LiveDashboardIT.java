package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.support.CapturedLog;
import io.github.ignitetasks.support.Gate;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard of a real session in a real browser. */
class LiveDashboardIT {
    @TempDir
    private Path folder;

    @Test
    void session_isSeenFromItsFirstTaskToItsEnd() throws IOException {
        Gate gate = Gate.in(folder);
        try (Browser browser = Browser.start()) {
            try (CapturedLog log = CapturedLog.of(Dashboard.class);
                    TaskSession session = ThreadPoolTaskRunner.create()
                            .withListener(Dashboard.create())
                            .start()) {
                String line = log.messages().get(0);
                browser.open(line.substring(line.indexOf("http")), OpenPage.WIDTH, OpenPage.HEIGHT, false);
                browser.awaitText("#state", "Live");
                TaskFuture<String> slow = session.submit(
                        "slow-1", () -> waitFor(gate), CallOptions.none().withName("slow"));
                session.submit(
                                "odd-1",
                                LiveDashboardIT::fail,
                                CallOptions.none().withName("odd"))
                        .await();
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
            browser.awaitText("#state", "Session ended");
            browser.awaitText("#overall-text", "2 of 2 tasks ended (100 %)");
            assertThat(browser.consoleErrors()).isEmpty();
            assertThat(browser.seriousViolations()).isEmpty();
        }
    }

    private static String waitFor(Gate gate) throws InterruptedException {
        gate.pass();
        return "done";
    }

    private static String fail() {
        throw new IllegalArgumentException("1 is odd");
    }
}
