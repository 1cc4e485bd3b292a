package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What somebody reads on the page of the dashboard stays, in a real browser, while new frames come. */
@SuppressWarnings("NullAway.Init") // JUnit starts them before any test
@Tag(Browser.TAG)
class DashboardReadingIT {
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

    @AfterEach
    void consoleHasNoErrors() {
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void openFailure_staysUntilTheNewestIsAskedFor() throws IOException {
        page.open(SampleFrames.tenTasks());
        browser.click(".failure summary");
        browser.run("getSelection().selectAllChildren(document.querySelector('.failure pre'))");
        String selected = browser.run("return getSelection().toString()");
        assertThat(selected).contains("Numbers.java:12");
        assertThat(browser.text(".failure .key-line")).doesNotContain("Show the newest");

        page.showNext(withFailures("number 9 is odd", "ten/square/9"));
        assertThat(browser.count(".failure")).isEqualTo(2);
        assertThat(browser.run("return getSelection().toString()")).isEqualTo(selected);
        assertThat(browser.text(".failure[open]"))
                .startsWith("5\u00d7")
                .contains("number 7 is odd", "ten/square/7", "Show the newest")
                .doesNotContain("number 9 is odd");
        browser.takeLongScreenshot("open-failure", OpenPage.WIDTH);

        browser.click(".failure[open] .newest");
        assertThat(browser.text(".failure[open]"))
                .contains("number 9 is odd", "ten/square/9")
                .doesNotContain("Show the newest");
        assertThat(browser.run("return document.activeElement.tagName")).isEqualTo("SUMMARY");
    }

    /** Returns a frame with one failure more, and a group that has more failures. */
    private static Map<String, Object> withFailures(String message, String key) {
        Map<String, Object> frame = SampleFrames.tenTasks();
        frame.put(
                "failures",
                FrameParts.cut(
                        List.of(
                                FrameParts.failure("sum", "too large", 8, "ten/sum"),
                                FrameParts.failure("square", message, 5, key)),
                        2));
        return frame;
    }

    @Test
    void failureThatIsOpenedAgain_hasItsNewestExample() {
        page.open(SampleFrames.tenTasks());
        browser.click(".failure summary");
        page.showNext(withFailures("number 9 is odd", "ten/square/9"));
        browser.click(".failure[open] summary");
        browser.awaitText(".failure:last-child", "number 9 is odd");
        browser.click(".failure:last-child summary");
        assertThat(browser.text(".failure[open] code")).isEqualTo("ten/square/9");
    }

    @Test
    void openRows_stayWhereTheyAre() throws IOException {
        page.open(running("ten/a", "ten/b", "ten/c"));
        server.answer("stack", "ten/b", Map.of("key", "ten/b", "stack", "at B.run"));
        server.answer("stack", "ten/c", Map.of("key", "ten/c", "stack", "at C.run\n".repeat(100)));
        browser.click("#running-table tbody:nth-of-type(3) button");
        browser.click("#running-table tbody:nth-of-type(2) button");
        browser.awaitText("#running-table tbody:nth-of-type(2) pre", "at B.run");
        browser.awaitText("#running-table tbody:nth-of-type(3) pre", "at C.run");
        assertThat(browser.text("#running-table .stack code")).isEqualTo("ten/b");
        browser.run("document.querySelector('#running-table tbody:nth-of-type(3) pre').scrollTop = 120");
        String scrolled =
                "return [...document.querySelectorAll('#running-table pre')].map(pre => pre.scrollTop).join()";
        assertThat(browser.run(scrolled)).isEqualTo("0,120");

        page.showNext(running("ten/new", "ten/a", "ten/c"));
        assertThat(browser.texts("#running-table th[scope=row]")).containsExactly("ten/new", "ten/a", "ten/b", "ten/c");
        assertThat(browser.text("#running-table tbody:nth-of-type(3)")).contains("is not in this list any more");
        page.showNext(running("ten/c", "ten/a"));
        assertThat(browser.texts("#running-table th[scope=row]")).containsExactly("ten/a", "ten/b", "ten/c");
        assertThat(browser.run(scrolled)).isEqualTo("0,120");
        browser.takeLongScreenshot("open-rows", OpenPage.WIDTH);
    }

    private static Map<String, Object> running(String... keys) {
        Map<String, Object> frame = SampleFrames.tenTasks();
        List<Map<String, Object>> rows = Stream.of(keys)
                .map(key -> FrameParts.running(key, "square", "running", 6_000))
                .toList();
        frame.put("running", FrameParts.cut(rows, rows.size()));
        return frame;
    }

    @Test
    void taskThatWaits_saysWhatFor() {
        Map<String, Object> waiting = new LinkedHashMap<>(FrameParts.running("ten/a", "square", "held up", 6_000));
        waiting.put("waitsFor", "limit 'db'");
        Map<String, Object> frame = SampleFrames.tenTasks();
        frame.put(
                "running",
                FrameParts.cut(List.of(waiting, FrameParts.running("ten/b", "square", "held up", 5_000)), 2));
        page.open(frame);
        assertThat(browser.texts("#running-table td:nth-child(4)"))
                .containsExactly("waits for limit 'db'", "waits for a resource or a limit");
        assertThat(browser.count("#running-table td[title='waits for limit \\'db\\'']"))
                .isEqualTo(1);
        assertThat(browser.count("#running-table td[title=square]")).isEqualTo(2);
        assertThat(browser.count("#running-table td[title=node-1]")).isEqualTo(2);
    }

    @Test
    void lookupOfARunningKey_saysWhereItIsAndWhatItDoes() {
        page.open(SampleFrames.tenTasks());
        server.answer(
                "task",
                "ten/a",
                Map.of(
                        "key",
                        "ten/a",
                        "status",
                        "RUNNING",
                        "node",
                        "node-7",
                        "phase",
                        "held up",
                        "attempt",
                        2,
                        "waitsFor",
                        "resource 'gpu'"));
        browser.click("#lookup-key");
        browser.press("ten/a\n");
        browser.awaitText("#lookup-result", "waits for resource 'gpu'");
        assertThat(browser.texts("#lookup-result dd"))
                .containsExactly("waits or runs", "waits for resource 'gpu'", "node-7", "2");
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("lookup-result");
    }

    @Test
    void lookup_saysThatItAsksAndTakesNoFocusFromElsewhere() {
        page.open(SampleFrames.tenTasks());
        browser.click("#lookup-key");
        browser.press("first\n");
        browser.awaitText("#lookup-result", "first");
        browser.run("const ask = window.fetch;"
                + "window.fetch = (...all) => new Promise(done => window.release = () => done(ask(...all)))");
        browser.run("document.getElementById('lookup-key').select()");
        browser.click("#lookup-key");
        browser.press("second\n");
        browser.awaitText("#lookup-status", "Asking");
        assertThat(browser.text("#lookup-result")).isEmpty();
        browser.run("document.getElementById('progress-table').focus(); window.release()");
        browser.awaitText("#lookup-result", "second");
        assertThat(browser.text("#lookup-status")).isEmpty();
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("progress-table");
    }
}
