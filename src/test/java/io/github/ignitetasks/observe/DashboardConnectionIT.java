package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the page of the dashboard says in a real browser when its server says nothing, or refuses it. */
@SuppressWarnings("NullAway.Init") // JUnit starts them before any test
@Tag(Browser.TAG)
class DashboardConnectionIT {
    private static OpenPage page;
    private static Browser browser;
    private static PageServer server;

    @BeforeAll
    static void start() throws IOException {
        page = OpenPage.start();
        browser = page.browser();
        server = page.server();
    }

    @AfterAll
    static void close() throws IOException {
        page.close();
    }

    @BeforeEach
    void forgetEarlierTests() {
        page.forget();
    }

    @Test
    void silence_isSaidUntilTheNextFrame() throws IOException {
        page.open(SampleFrames.tenTasks());
        assertThat(browser.text("#state")).isEqualTo("Live");
        browser.run("const now = performance.now(); performance.now = () => now + 10_000");
        browser.awaitText("#state", "No news since ");
        assertThat(browser.text("#state")).matches("No news since \\d\\d:\\d\\d:\\d\\d");
        assertThat(browser.count("#state[data-state=lost]")).isEqualTo(1);
        browser.takeScreenshot("silence");
        page.showNext(SampleFrames.tenTasks());
        assertThat(browser.text("#state")).isEqualTo("Live");
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void hiddenPage_hasTheTitleOfTheLatestFrame() {
        page.open(SampleFrames.empty());
        browser.run("Object.defineProperty(document, 'hidden', {value: true, configurable: true})");
        server.show(SampleFrames.tenTasks());
        browser.awaitThat(() -> browser.run("return document.title").equals("60 % · ignite-1"));
        assertThat(browser.text("#overall-text")).isEqualTo("No tasks yet");
    }

    @Test
    void refusal_isShownWithItsText() throws IOException {
        page.open(SampleFrames.tenTasks());
        server.refuse("20 pages view this dashboard, which is the most; <b>close</b> one of them");
        browser.awaitText("#refusal", "which is the most; <b>close</b> one of them");
        assertThat(browser.text("#state")).isEqualTo("Refused, retrying");
        browser.takeScreenshot("refusal");
        server.accept();
        browser.awaitText("#state", "Live");
        assertThat(browser.text("#refusal")).isEmpty();
        browser.awaitThat(() -> {
            server.show(SampleFrames.tenTasks()); // a server notices that a page has gone when it writes to it
            return server.connections() == 1;
        });
    }

    @Test
    void refusalWithoutText_isShownWithItsStatus() {
        page.open(SampleFrames.tenTasks());
        server.refuse();
        browser.awaitText("#refusal", "The server answered 503.");
    }
}
